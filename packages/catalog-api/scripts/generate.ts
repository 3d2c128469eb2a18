import { generatedFolder, generateTypes } from './generate-types.ts'

generateTypes(generatedFolder)
