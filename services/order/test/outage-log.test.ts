import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { type PostgresServer, startPostgresServer } from '@mercat/testing/postgres-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from './start-services.ts'
import { token } from './tokens.ts'

type LogLine = {
	service: string
	level: string
	msg: string
	task?: string
	traceId?: string
	code?: string
	reason?: string
	failures?: number
}

let opened: AsyncDisposableStack
let server: PostgresServer
let services: Services
let sku: string
let lines: LogLine[]
beforeEach(async () => {
	opened = new AsyncDisposableStack()
	lines = []
	server = opened.use(await startPostgresServer())
	services = opened.use(
		await startServices('postgres', {
			databaseUrl: await createDatabase(server.url, 'orders'),
			catalogDatabaseUrl: await createDatabase(server.url, 'catalog'),
			env: { REQUEST_BUDGET_MS: '1000' },
			logTo: { write: (line) => void lines.push(JSON.parse(line)) },
		}),
	)
	sku = await services.catalog.createProduct()
	expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })
})
afterEach(() => opened.disposeAsync())

const loud = (service: string) =>
	lines.filter((line) => line.service === service && line.level !== 'debug' && line.level !== 'info')
const isOfRequest = ({ msg }: LogLine) => msg === 'request failed'

/** Waits until both services have logged the end of the outage. The lines of requests are there besides. */
async function expectOneOutage(): Promise<void> {
	for (const service of ['order', 'catalog']) {
		const ofOutage = () => loud(service).filter((line) => !isOfRequest(line))
		await eventually(() => expect(ofOutage()).toHaveLength(2))
	}
	expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })
	for (const service of ['order', 'catalog']) {
		expect(loud(service).filter((line) => !isOfRequest(line))).toMatchObject([
			{ level: 'error', msg: 'the database is unavailable', reason: expect.any(String) },
			{ level: 'warn', msg: 'the database is available again', failures: expect.any(Number) },
		])
		for (const line of loud(service)) expect(line).not.toHaveProperty('err')
	}
}

test('a database that goes and comes back is one line each in the log of each service, and one for each failed request', async () => {
	const failed: { traceId: string; code: string }[] = []
	await server.stop('immediate')
	await eventually(async () => {
		const customer = token(newCustomer())
		for (const answer of [await services.place(orderOf(sku)), await services.get('/v1/orders', { token: customer })]) {
			expect(answer).toMatchObject({ status: 503 })
			failed.push(answer.body)
		}
		await expect(services.catalog.stockOf(sku)).rejects.toThrow()
		const quiet = new Set(lines.filter(({ level }) => level === 'debug').map(({ msg, task = '' }) => `${msg} ${task}`))
		for (const failure of [
			'rpc failed ',
			'relay failed; it goes on ',
			'writer of events failed; it goes on ',
			'dispatcher failed; it goes on ',
			'background task failed expire overdue orders',
			'background task failed expire holds',
		]) {
			expect([...quiet]).toContain(failure)
		}
	})

	await server.start()
	await expectOneOutage()
	const ofRequests = loud('order').filter(isOfRequest)
	expect(ofRequests.map(({ traceId, code }) => ({ traceId, code }))).toEqual(
		failed.map(({ traceId, code }) => ({ traceId, code })),
	)
	for (const line of ofRequests) expect(line).toMatchObject({ level: 'warn', reason: expect.any(String) })
})

test('a database that hangs is an outage, and no line of the log has a stack', async () => {
	await server.pause()
	const codes = new Set<string>()
	await eventually(async () => {
		const customer = token(newCustomer())
		const answers = await Promise.all([
			...Array.from({ length: 5 }, () => services.place(orderOf(sku))),
			...Array.from({ length: 5 }, () => services.get('/v1/orders', { token: customer })),
		])
		for (const { status, body } of answers) {
			expect(status).toBeOneOf([503, 504])
			codes.add(body.code)
			expect(lines.find((line) => isOfRequest(line) && line.traceId === body.traceId)).toMatchObject({
				level: 'warn',
				code: body.code,
				reason: expect.any(String),
			})
		}
		expect([...codes]).toContain('REQUEST_TIMEOUT')
		for (const service of ['order', 'catalog'])
			expect(loud(service).map(({ msg }) => msg)).toContain('the database is unavailable')
	})

	server.resume()
	await expectOneOutage()
})

async function createDatabase(serverUrl: string, name: string): Promise<string> {
	await using database = await openDatabase(serverUrl)
	await database.query(`create database ${name}`)
	const url = new URL(serverUrl)
	url.pathname = `/${name}`
	return url.href
}
