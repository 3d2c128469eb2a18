import { openDatabase } from '@mercat/database/database'
import { startPostgresServer } from '@mercat/testing/postgres-server'
import { createTestDatabase, type Engine } from '@mercat/testing/test-database'

/** The databases of a shop, and their server when it is their own. */
export type LiveDatabases = AsyncDisposable & {
	catalog: string
	order: string
	market: string
	/** Crashes the server, and starts it again. Missing for embedded databases, which end with their service. */
	crash?(): Promise<void>
	/** Makes the server hang until the result is called. */
	pause?(): Promise<() => void>
}

/** Databases on a server of their own, which a test may crash, or embedded ones. */
export async function openLiveDatabases(engine: Engine): Promise<LiveDatabases> {
	await using opened = new AsyncDisposableStack()
	const urls = { catalog: '', order: '', market: '' }
	const names = Object.keys(urls) as (keyof typeof urls)[]
	if (engine === 'pglite') {
		for (const name of names) urls[name] = opened.use(await createTestDatabase(engine)).url
		const resources = opened.move()
		return { ...urls, [Symbol.asyncDispose]: () => resources.disposeAsync() }
	}
	const server = opened.use(await startPostgresServer())
	await using administration = await openDatabase(server.url)
	for (const name of names) {
		await administration.query(`create database "${name}"`)
		urls[name] = Object.assign(new URL(server.url), { pathname: `/${name}` }).href
	}
	const resources = opened.move()
	return {
		...urls,
		async crash() {
			await server.stop('immediate')
			await server.start()
		},
		async pause() {
			await server.pause()
			return server.resume
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
