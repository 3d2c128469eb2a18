// A program that initialises the PGlite folder in its only argument.
import { createPglite } from './pglite.ts'

// The parent process has ended. Another process may start to create the same folder.
const onParentGone = () => process.exit(1)
process.once('disconnect', onParentGone)

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: create-pglite-folder.ts FOLDER')
const pglite = await createPglite(folder)
await pglite.close()
process.off('disconnect', onParentGone)
process.disconnect?.()
