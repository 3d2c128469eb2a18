import { fileURLToPath } from 'node:url'
import { generateTypes } from '@mercat/catalog-api/generate-types'
import { marketProto } from '../src/market-proto.ts'

generateTypes(marketProto, fileURLToPath(new URL('../src/generated', import.meta.url)))
