import { createHash, randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'
import { administer, createTestDatabase, databaseUrl, type Engine, type TestDatabase } from './test-database.ts'

const urls = new Map<string, Promise<string>>()

/**
 * Creates a database for one test, as a copy of one that `prepare` has filled. All tests of the run copy the same one.
 *
 * @param name of what `prepare` does; the same name must mean the same content
 */
export async function copyTemplate(
	engine: Engine,
	name: string,
	prepare: (url: string) => Promise<void>,
): Promise<TestDatabase> {
	const key = createHash('sha256').update(`${engine} ${name}`).digest('hex').slice(0, 16)
	let url = urls.get(key)
	if (url === undefined) {
		url = engine === 'pglite' ? pgliteTemplate(key, prepare) : postgresTemplate(key, prepare)
		urls.set(key, url)
	}
	return createTestDatabase(engine, await url)
}

// Processes may prepare the same template at once. The first one gives it its name, and the others discard theirs.

async function pgliteTemplate(key: string, prepare: (url: string) => Promise<void>): Promise<string> {
	const folder = dirname(inject('pgliteTemplate'))
	const template = join(folder, key)
	if (!existsSync(template)) {
		const unfinished = join(folder, randomUUID())
		const empty = await createTestDatabase('pglite')
		renameSync(empty.url.slice('pglite:'.length), unfinished)
		await empty[Symbol.asyncDispose]()
		await prepare(`pglite:${unfinished}`)
		try {
			renameSync(unfinished, template)
		} catch (error) {
			rmSync(unfinished, { recursive: true })
			if (!existsSync(template)) throw error
		}
	}
	return `pglite:${template}`
}

async function postgresTemplate(key: string, prepare: (url: string) => Promise<void>): Promise<string> {
	const server = inject('postgresUrl')
	const template = `template_${inject('runId')}_${key}`
	const isThere = async () =>
		(await administer(server, `select from pg_database where datname = '${template}'`)).rowCount === 1
	if (!(await isThere())) {
		const unfinished = await createTestDatabase('postgres')
		await prepare(unfinished.url)
		try {
			await administer(server, `alter database ${new URL(unfinished.url).pathname.slice(1)} rename to ${template}`)
		} catch (error) {
			await unfinished[Symbol.asyncDispose]()
			if (!(await isThere())) throw error
		}
	}
	return databaseUrl(server, template)
}
