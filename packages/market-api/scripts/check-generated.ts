// Fails when the generated types are stale.
import { fileURLToPath } from 'node:url'
import { reportStaleTypes } from '@mercat/catalog-api/stale-types'
import { marketProto } from '../src/market-proto.ts'

reportStaleTypes(marketProto, fileURLToPath(new URL('../src/generated', import.meta.url)))
