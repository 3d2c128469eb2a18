// Run as a process of its own: initialises the folder that its one argument names.
import { createPglite } from './pglite.ts'

// Whoever asked for it is gone: another may begin anew in the same place.
const onParentGone = () => process.exit(1)
process.once('disconnect', onParentGone)

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: create-pglite-folder.ts FOLDER')
const pglite = await createPglite(folder)
await pglite.close()
process.off('disconnect', onParentGone)
process.disconnect?.()
