import { generateClient, generatedFolder } from './generate-client.ts'

await generateClient(generatedFolder)
