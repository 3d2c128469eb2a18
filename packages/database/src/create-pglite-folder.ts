// Run as a process of its own: initialises the folder that its one argument names.
import { createPglite } from './pglite.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: create-pglite-folder.ts FOLDER')
const pglite = await createPglite(folder)
await pglite.close()
