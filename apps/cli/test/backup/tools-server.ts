import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgresServer } from '@mercat/testing/postgres-server'
import { serverForTools } from '@mercat/testing/server-for-tools'
import { createDatabaseOn, type TestDatabase } from '@mercat/testing/test-database'

const options = serverForTools()

/** What the machine lacks for tests of backups, if anything. Continuous integration must lack nothing. */
export const lack = 'lack' in options ? options.lack : undefined
if (lack !== undefined && process.env['CI'] !== undefined) throw new Error(lack)
if (lack !== undefined) console.warn(`the tests of backups are left out, because ${lack}`)

export type ToolsServer = AsyncDisposable & {
	create(copyOf?: string): Promise<TestDatabase>
	/** A folder that is there until the server is disposed of. */
	folder: string
}

/** Starts a server whose databases the client tools on `PATH` can dump. */
export async function startToolsServer(): Promise<ToolsServer> {
	await using opened = new AsyncDisposableStack()
	const server = opened.use(await startPostgresServer('lack' in options ? {} : options))
	const folder = mkdtempSync(join(tmpdir(), 'mercat-backup-'))
	opened.defer(() => rmSync(folder, { recursive: true, force: true }))
	const resources = opened.move()
	return {
		create: (copyOf) => createDatabaseOn(server.url, copyOf),
		folder,
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
