import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '@mercat/database/database'
import { randomFrom } from '@mercat/market-exchange/random'
import { startServices } from '@mercat/order/testing/start-services'
import { jwtSecret, token } from '@mercat/order/testing/tokens'
import { eventually } from '@mercat/testing/eventually'
import { readSamples, readValue } from '@mercat/testing/read-samples'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import getPort from 'get-port'
import { describe, expect, test } from 'vitest'
import { createOrderEventsClient } from '../../src/sales/order-events-client.ts'
import { placeAndAct, transitionsOf } from '../sales/orders-of.ts'
import { plainSales, storedSales } from '../sales/plain-sales.ts'
import { serviceProcess } from './live/service-process.ts'

const kills = 4
const reader = () => token('tester', 'events:read')

describe.each(engines)('a market on %s that is killed while orders come', (engine) => {
	test('counts each transition of each order once', async () => {
		await using opened = new AsyncDisposableStack()
		const random = randomFrom(27)
		const services = opened.use(await startServices(engine))
		const skus = [
			await services.catalog.createProduct({ category: 'Home/Kitchen', onHand: 1_000_000 }),
			await services.catalog.createProduct({ category: 'Home/Kitchen', onHand: 1_000_000 }),
		]
		const { url } = opened.use(await createTestDatabase(engine))
		const metricsPort = String(await getPort())
		const market = opened.use(
			serviceProcess('market', {
				DATABASE_URL: url,
				CATALOG_ADDRESS: services.catalog.address,
				ORDER_ADDRESS: services.url,
				JWT_SECRET: jwtSecret,
				METRICS_PORT: metricsPort,
				LOG_LEVEL: 'warn',
			}),
		)

		let isOver = false
		let placed = 0
		const ordering = (async () => {
			while (!isOver) await placeAndAct(services, skus, placed++)
		})()
		await using placing = new AsyncDisposableStack()
		placing.defer(() => {
			isOver = true
			return ordering
		})
		for (let count = 0; count < kills; count++) {
			await market.start()
			const before = placed
			await eventually(() => expect(placed).toBeGreaterThan(before + 10))
			// The seed decides where in a page the kill comes.
			await sleep(random() * 1_500)
			await market.kill()
		}
		await placing.disposeAsync()

		await market.start()
		const expected = plainSales(await transitionsOf(services), () => 'Home/Kitchen')
		const read = createOrderEventsClient({ address: services.url, token: reader })
		const end = await read('now', 1, new AbortController().signal)
		if (end.kind !== 'page') throw new Error('the log has no end')
		await eventually(async () => {
			const samples = readSamples(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text())
			expect(readValue(samples, 'mercat_market_sales_position')).toBe(end.next)
		})
		// The embedded database has one process.
		await market.stop()
		await using database = await openDatabase(url)
		expect(await storedSales(database)).toEqual(expected)
	})
})
