import { spawn } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import type pg from 'pg'
import { lockFolder } from './folder-lock.ts'
import { makeFolder } from './make-folder.ts'

// V8 takes more than two seconds of a core to optimise one function of PGlite, the parser of SQL. With a larger budget it waits until
// the function is in use a lot: a start of a service takes a third less of a core, the first statements take a little longer,
// and later ones as long as before.
setFlagsFromString('--wasm-tiering-budget=200000000')

export type OpenPglite = { poolConfig: pg.PoolConfig; close(): Promise<void> }

/**
 * Opens PGlite (PostgreSQL in WebAssembly, in this process) on `folder`, or in memory for `memory`.
 *
 * @throws DatabaseInUseError when another process has the folder open, because two processes would destroy the data
 */
export async function openPglite(folder: string): Promise<OpenPglite> {
	if (folder === 'memory') return open(undefined, () => {})
	const path = resolve(folder)
	makeFolder(dirname(path))
	const unlock = lockFolder(path)
	try {
		if (!existsSync(path)) await createFolder(path)
		return await open(path, unlock)
	} catch (error) {
		unlock()
		throw error
	}
}

async function open(path: string | undefined, unlock: () => void): Promise<OpenPglite> {
	const pglite = await createPglite(path)
	return {
		poolConfig: createPgConfig(pglite) as unknown as pg.PoolConfig,
		async close() {
			await pglite.close()
			unlock()
		},
	}
}

/** Creates a PGlite with the extensions that the migrations use. */
export function createPglite(path?: string): Promise<PGlite> {
	const extensions = { pg_trgm }
	return path === undefined ? PGlite.create({ extensions }) : PGlite.create(path, { extensions })
}

// Initialising a folder takes 800 MB that WebAssembly never releases, so a child process does it. The folder gets its
// final name at the end, so that a folder with that name is complete.
async function createFolder(path: string): Promise<void> {
	const unfinished = `${path}.creating`
	rmSync(unfinished, { recursive: true, force: true })
	const script = fileURLToPath(new URL('./create-pglite-folder.ts', import.meta.url))
	const child = spawn(process.execPath, [script, unfinished], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
	const exitCode = await new Promise((settle, reject) => {
		child.once('error', reject)
		child.once('exit', (code, signal) => settle(code ?? signal))
	})
	if (exitCode !== 0) throw new Error(`creating the embedded database in ${path} failed (${exitCode})`)
	renameSync(unfinished, path)
}
