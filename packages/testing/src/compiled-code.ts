import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * With these options, the processes that tests fork share their compiled code, also when they are killed. To strip the types of
 * a service takes longer than the rest of its start.
 */
export const compiledCode = {
	// The folder that Node uses for the command.
	env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
	execArgv: ['--import', fileURLToPath(new URL('./flush-compiled.ts', import.meta.url))],
}
