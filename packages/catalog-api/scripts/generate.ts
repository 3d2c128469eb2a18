import { fileURLToPath } from 'node:url'
import { catalogProto } from '../src/proto/proto-files.ts'
import { generateTypes } from './generate-types.ts'

generateTypes(catalogProto, fileURLToPath(new URL('../src/generated', import.meta.url)))
