import { orderOf, type Services, startServices } from '@mercat/order/testing/start-services'
import { jwtSecret, token } from '@mercat/order/testing/tokens'
import { createLog } from '@mercat/service/log'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import getPort from 'get-port'
import { describe, expect, test } from 'vitest'
import { readMarketConfig } from '../../src/config.ts'
import { openSales } from '../../src/open-sales.ts'
import { startMarket } from '../../src/server.ts'
import { defaultRetention } from '../../src/settings/retention.ts'
import { openEmptyDatabase } from '../empty-database.ts'
import { act, placeAndAct, transitionsOf } from './orders-of.ts'
import { plainSales, storedSales } from './plain-sales.ts'

type Databases = Awaited<ReturnType<typeof openEmptyDatabase>>

const log = createLog('market', 'silent')
const categoryOf = () => 'Things'
const products = {
	find: () => ({ currency: 'EUR', amountMinor: 0, category: 'Things', archived: false }),
	loaded: Promise.resolve(),
}

const orderLogAt = (address: string) => ({ address, token: () => token('service:market', 'events:read') })

/** A process that counts the sales of the orders of a service. */
function countSales({ database }: Databases, { url }: Services) {
	return openSales(
		{ database, products, log },
		{ retention: defaultRetention, orderLog: orderLogAt(url), idleMs: 50, claimMs: 50, largestBackoffMs: 500 },
	)
}

async function expectSalesOf(services: Services, { database }: Databases, categories = categoryOf): Promise<void> {
	const expected = plainSales(await transitionsOf(services), categories)
	await eventually(async () => expect(await storedSales(database)).toEqual(expected))
}

describe.each(engines)('the sales of a real order service on %s', (engine) => {
	test('are those of its orders, while two processes count and one of them stops', async () => {
		await using services = await startServices(engine)
		await using market = await openEmptyDatabase(engine)
		const skus = [await services.catalog.createProduct(), await services.catalog.createProduct()]
		await placeAndAct(services, skus, 0)
		await using one = countSales(market, services)
		await using _other = countSales(market, services)
		for (let index = 1; index < 12; index++) {
			await placeAndAct(services, skus, index)
			if (index === 6) await one[Symbol.asyncDispose]()
		}
		await expectSalesOf(services, market)
	})

	test('follow the log when it is put back to an earlier state', async () => {
		await using original = await createTestDatabase(engine)
		await using catalog = await createTestDatabase(engine)
		await using market = await openEmptyDatabase(engine)
		const urls = { databaseUrl: original.url, catalogDatabaseUrl: catalog.url }
		const ids: string[] = []
		let sku = ''
		const place = async (services: Services) => void ids.push((await services.place(orderOf(sku))).body.id)
		{
			await using services = await startServices(engine, urls)
			sku = await services.catalog.createProduct()
			for (let count = 0; count < 3; count++) await place(services)
		}
		await using backup = await createTestDatabase(engine, original.url)
		{
			await using services = await startServices(engine, urls)
			await using _sales = countSales(market, services)
			await act(services, ids[0] as string, 'pay')
			await place(services)
			await expectSalesOf(services, market)
		}
		await using services = await startServices(engine, { ...urls, databaseUrl: backup.url })
		await act(services, ids[0] as string, 'cancel')
		await using _sales = countSales(market, services)
		await expectSalesOf(services, market)
		for (let count = 0; count < 3; count++) await place(services)
		await expectSalesOf(services, market)
	})
})

test('a market counts the sales with the categories that the catalog tells', async () => {
	await using services = await startServices('postgres')
	const sku = await services.catalog.createProduct({ category: 'Home/Kitchen' })
	await services.place(orderOf(sku))
	await using stored = await openEmptyDatabase('postgres')
	await using opened = new AsyncDisposableStack()
	const config = readMarketConfig({
		DATABASE_URL: stored.url,
		CATALOG_ADDRESS: services.catalog.address,
		ORDER_ADDRESS: services.url,
		JWT_SECRET: jwtSecret,
		MARKET_PORT: '0',
		MARKET_GRPC_PORT: '0',
	})
	opened.adopt(await startMarket(config, log), ({ close }) => close())
	await act(services, (await services.place(orderOf(sku))).body.id, 'pay')
	await expectSalesOf(services, stored, () => 'Home/Kitchen')
})

test('sales are counted again after an outage of the order service, of which the log has two lines', async () => {
	const port = String(await getPort())
	await using market = await openEmptyDatabase('postgres')
	const lines: string[] = []
	const told = createLog('market', 'info', { write: (line: string) => void lines.push(JSON.parse(line).msg) })
	await using _sales = openSales(
		{ ...market, products, log: told },
		{ retention: defaultRetention, orderLog: orderLogAt(`http://127.0.0.1:${port}`), idleMs: 20, largestBackoffMs: 20 },
	)
	await eventually(() => expect(lines).toEqual(['sales cannot be counted; it is tried again']))
	await using services = await startServices('postgres', { env: { PORT: port } })
	await services.place(orderOf(await services.catalog.createProduct()))
	await expectSalesOf(services, market)
	expect(lines).toEqual(['sales cannot be counted; it is tried again', 'sales are counted again'])
})
