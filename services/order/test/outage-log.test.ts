import { openDatabase } from '@mercat/database/database'
import { startPostgresServer } from '@mercat/testing/postgres-server'
import { expect, test, vi } from 'vitest'
import { newCustomer, orderOf, startServices } from './start-services.ts'
import { token } from './tokens.ts'

type LogLine = { service: string; level: string; msg: string; task?: string; reason?: string; failures?: number }

const patience = { timeout: 20_000, interval: 50 }

test('a database that goes and comes back is one line each in the log of each service, whatever fails meanwhile', async () => {
	const lines: LogLine[] = []
	await using server = await startPostgresServer()
	await using services = await startServices('postgres', {
		databaseUrl: await createDatabase(server.url, 'orders'),
		catalogDatabaseUrl: await createDatabase(server.url, 'catalog'),
		env: { REQUEST_BUDGET_MS: '1000' },
		logTo: { write: (line) => void lines.push(JSON.parse(line)) },
	})
	const sku = await services.catalog.createProduct()
	expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })

	await server.stop('immediate')
	await vi.waitFor(async () => {
		expect(await services.place(orderOf(sku))).toMatchObject({ status: 503 })
		const customer = token(newCustomer())
		expect(await services.get('/v1/orders', { token: customer })).toMatchObject({ status: 503 })
		await expect(services.catalog.stockOf(sku)).rejects.toThrow()
		const quiet = new Set(lines.filter(({ level }) => level === 'debug').map(({ msg, task = '' }) => `${msg} ${task}`))
		for (const failure of [
			'request failed ',
			'rpc failed ',
			'relay failed; it goes on ',
			'writer of events failed; it goes on ',
			'dispatcher failed; it goes on ',
			'background task failed expire overdue orders',
			'background task failed expire holds',
		]) {
			expect([...quiet]).toContain(failure)
		}
	}, patience)

	await server.start()
	const loud = (service: string) =>
		lines.filter((line) => line.service === service && ['warn', 'error', 'fatal'].includes(line.level))
	for (const service of ['order', 'catalog']) {
		await vi.waitFor(() => expect(loud(service)).toHaveLength(2), patience)
	}
	expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })
	for (const service of ['order', 'catalog']) {
		expect(loud(service)).toMatchObject([
			{ level: 'error', msg: 'the database is unavailable', reason: expect.any(String) },
			{ level: 'warn', msg: 'the database is available again', failures: expect.any(Number) },
		])
		for (const line of loud(service)) expect(line).not.toHaveProperty('err')
	}
}, 60_000)

async function createDatabase(serverUrl: string, name: string): Promise<string> {
	await using database = await openDatabase(serverUrl)
	await database.query(`create database ${name}`)
	const url = new URL(serverUrl)
	url.pathname = `/${name}`
	return url.href
}
