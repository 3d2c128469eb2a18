import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import type { SalesView } from '@mercat/market-api/sales-schemas'
import { createLog } from '@mercat/service/log'
import { signToken } from '@mercat/service/tokens'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMarketConfig } from '../../src/config.ts'
import { migrationsFolder, startMarket } from '../../src/server.ts'
import { startSalesProcess } from './sales-process.ts'
import { createTestLog, type Transition } from './test-log.ts'

const hourMs = 3_600_000
const secret = randomUUID()
const thisHour = Math.floor(Date.now() / hourMs) * hourMs
const at = (hoursAgo: number) => new Date(thisHour - hoursAgo * hourMs).toISOString()

function transition(order: string, hoursAgo: number, skus: string[], status = 'paid'): Transition {
	const lines = skus.map((sku) => ({ sku, quantity: 2, amountMinor: 200 }))
	return { order, version: 2, status, atMs: thisHour - hoursAgo * hourMs, currency: 'EUR', lines }
}

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

describe.each(engines)('GET /v1/sales on %s', (engine) => {
	const opened = new AsyncDisposableStack()
	let url = ''
	beforeAll(async () => {
		const { url: databaseUrl } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
		{
			await using database = await openDatabase(databaseUrl)
			const log = createTestLog()
			for (const one of [
				transition('a', 1, ['GOLD', 'GOLD-2']),
				transition('b', 1, ['GOLD']),
				transition('c', 2, ['TIN'], 'placed'),
				transition('d', 3, ['TIN']),
			])
				log.append(one)
			await startSalesProcess(database, log.readEvents, Date.now()).catchUp()
		}
		const config = readMarketConfig({
			DATABASE_URL: databaseUrl,
			CATALOG_ADDRESS: 'dns:///127.0.0.1:9',
			MARKET_PORT: '0',
			MARKET_GRPC_PORT: '0',
			JWT_SECRET: secret,
		})
		const market = opened.adopt(await startMarket(config, createLog('market', 'silent')), ({ close }) => close())
		url = `http://127.0.0.1:${market.address.port}`
	})
	afterAll(() => opened.disposeAsync())

	async function get(query: string, scope = 'market:read') {
		const issuer = { secret, issuer: 'mercat', audience: 'mercat' }
		const token = signToken(issuer, { subject: 'analyst', scope, lifetimeMs: 86_400_000 })
		const response = await fetch(`${url}/v1/sales?${query}`, { headers: { authorization: `Bearer ${token}` } })
		return { status: response.status, body: (await response.json()) as SalesView }
	}

	test('tells paid orders by product, by category, and all orders by status', async () => {
		expect((await get('by=sku')).body).toMatchObject({
			by: 'sku',
			step: '1h',
			rows: [
				{ beginsAt: at(3), sku: 'TIN', orders: 1, quantity: 2, amount: euros(200) },
				{ beginsAt: at(1), sku: 'GOLD', orders: 2, quantity: 4, amount: euros(400) },
				{ beginsAt: at(1), sku: 'GOLD-2', orders: 1, quantity: 2, amount: euros(200) },
			],
			nextPageToken: '',
		})
		expect((await get('by=category')).body.rows).toEqual([
			{ beginsAt: at(3), category: '', orders: 1, quantity: 2, amount: euros(200) },
			{ beginsAt: at(1), category: 'Metals/Gold', orders: 2, quantity: 6, amount: euros(600) },
		])
		expect((await get('')).body.rows).toEqual([
			{ beginsAt: at(3), status: 'paid', orders: 1, quantity: 2, amount: euros(200) },
			{ beginsAt: at(2), status: 'placed', orders: 1, quantity: 2, amount: euros(200) },
			{ beginsAt: at(1), status: 'paid', orders: 2, quantity: 6, amount: euros(600) },
		])
	})

	test('tells of another status and of a span when asked for it', async () => {
		const { body } = await get('by=sku&status=placed')
		expect(body.rows).toMatchObject([{ beginsAt: at(2), sku: 'TIN' }])
		const inStep = new Date(thisHour - 2 * hourMs - 1).toISOString()
		expect((await get(`from=${inStep}&to=${at(2)}`)).body.rows).toMatchObject([{ beginsAt: at(3) }])
	})

	test('tells until when all is counted', async () => {
		const { body } = await get('')
		expect(Math.abs(Date.parse(`${body.foldedThrough}`) - Date.now())).toBeLessThan(hourMs)
	})

	test('goes through all rows in pages', async () => {
		const seen: string[] = []
		let pageToken = ''
		do {
			const { body } = await get(`by=sku&pageSize=1&pageToken=${pageToken}`)
			expect(body.rows).toHaveLength(1)
			seen.push(`${body.rows[0]?.sku}`)
			pageToken = body.nextPageToken
		} while (pageToken !== '')
		expect(seen).toEqual(['TIN', 'GOLD', 'GOLD-2'])
	})

	test('refuses a status by status, a page of another list, and a span without time', async () => {
		const { body } = await get('by=sku&pageSize=1')
		for (const query of [
			'status=paid',
			`by=category&pageToken=${body.nextPageToken}`,
			`from=${at(1)}&to=${at(2)}`,
			'by=customer',
		]) {
			expect(await get(query), query).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
		}
	})

	test('needs the scope market:read', async () => {
		expect(await get('', 'orders:read')).toMatchObject({ status: 403 })
	})
})
