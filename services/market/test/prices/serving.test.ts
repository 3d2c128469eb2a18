import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { servePrices } from './serve-prices.ts'
import { watchBars } from './watch-bars.ts'

const buf = fileURLToPath(new URL('../../../../packages/catalog-api/node_modules/.bin/buf', import.meta.url))

test('a client that learns the contract by reflection can call the market', async () => {
	await using prices = await servePrices('pglite')
	async function call(rpc: string, request: object): Promise<unknown> {
		const url = `http://${prices.address}/${rpc}`
		const args = ['curl', '--http2-prior-knowledge', '--protocol', 'grpc', '-d', JSON.stringify(request), url]
		return JSON.parse((await promisify(execFile)(buf, args)).stdout)
	}
	expect(await call('mercat.market.v1.MarketService/GetPriceHistory', { sku: 'KNOWN' })).toEqual({})
	for (const service of ['', 'mercat.market.v1.MarketService']) {
		expect(await call('grpc.health.v1.Health/Check', { service })).toEqual({ status: 'SERVING' })
	}
})

test('a stream without a change is told how far it is, and ends with OK when the market stops', async () => {
	await using prices = await servePrices('pglite')
	await using watch = watchBars(prices.client, { skus: ['GOLD'], step: 'STEP_DAY' })
	await watch.begun()
	await eventually(() => expect(watch.messages.filter(({ asOf }) => asOf !== null).length).toBeGreaterThan(1))
	const times = watch.messages.flatMap(({ asOf }) => (asOf === null ? [] : [asOf.seconds]))
	expect(times).toEqual(times.toSorted((one, other) => one - other))
	expect(watch.told()).toEqual([])
	await prices.stop()
	expect(await watch.ended).toEqual({ code: 0 })
})
