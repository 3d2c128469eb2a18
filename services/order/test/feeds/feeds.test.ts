import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openSupplier } from './open-supplier.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

const staff = token('buyer', 'catalog:write')
const supplierOf = (feed: string) => openSupplier(services.catalog.clients, feed)
const read = (path: string, by = staff) => services.get(path, { token: by })
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

async function feedOf(name: string) {
	const { body } = await read('/v1/feeds?pageSize=100')
	return body.feeds.find((feed: { name: string }) => feed.name === name)
}

describe('the feeds', () => {
	test('are listed with their last run, the end of their last sync and the number of their held prices', async () => {
		const supplier = supplierOf('listed')
		await supplier.holdPrice('LISTED')
		const counts = { bytes: 81_920, attempts: 2, rows: 5, updated: 1, unchanged: 1, held: 1, rejected: 2, missing: 3 }
		await supplier.run({ outcome: 'FEED_RUN_OUTCOME_HELD', reason: '1 price is held', counts })
		expect(await feedOf('listed')).toEqual({
			name: 'listed',
			isRunning: false,
			lastRun: {
				number: 1,
				startedAt: time,
				endedAt: time,
				outcome: 'held',
				reason: '1 price is held',
				created: 0,
				...counts,
			},
			lastSyncAt: time,
			heldPrices: 1,
		})
	})

	test('a run that goes on has no end and no outcome', async () => {
		await supplierOf('running').begin()
		expect(await feedOf('running')).toMatchObject({
			isRunning: true,
			lastRun: { number: 1, endedAt: null, outcome: null, rows: 0 },
			lastSyncAt: null,
		})
	})

	test.each([
		['SYNCED', 'synced'],
		['UNCHANGED', 'unchanged'],
		['FAILED', 'failed'],
		['STOPPED', 'stopped'],
		['NOT_RUN', 'notRun'],
	] as const)('a run that ended as %s has the outcome %s', async (message, outcome) => {
		const name = `ended-${outcome}`
		await supplierOf(name).run({ outcome: `FEED_RUN_OUTCOME_${message}`, reason: 'for a test' })
		expect((await feedOf(name)).lastRun).toMatchObject({ outcome, reason: 'for a test' })
	})

	test('have pages, which no other list continues', async () => {
		for (const name of ['page-1', 'page-2']) await supplierOf(name).run()
		const first = await read('/v1/feeds?pageSize=1')
		expect(first.body.feeds).toHaveLength(1)
		const second = await read(`/v1/feeds?pageSize=1&pageToken=${first.body.nextPageToken}`)
		expect(second.body.feeds[0].name).not.toBe(first.body.feeds[0].name)
		expect(await read(`/v1/feeds/page-1/runs?pageToken=${first.body.nextPageToken}`)).toMatchObject({
			status: 400,
			body: { code: 'INVALID_REQUEST', errors: [{ parameter: 'pageToken' }] },
		})
	})
})

describe('the runs of a feed', () => {
	test('are listed, the newest first', async () => {
		const supplier = supplierOf('history')
		await supplier.run({ counts: { rows: 7, created: 7 } })
		await supplier.run({ outcome: 'FEED_RUN_OUTCOME_FAILED', reason: 'the source answered 500' })
		const { body } = await read('/v1/feeds/history/runs?pageSize=1')
		expect(body.runs).toMatchObject([{ number: 2, outcome: 'failed', reason: 'the source answered 500' }])
		const next = await read(`/v1/feeds/history/runs?pageSize=1&pageToken=${body.nextPageToken}`)
		expect(next.body).toMatchObject({ runs: [{ number: 1, rows: 7, created: 7 }], nextPageToken: '' })
	})

	test.each(['unknown', 'no%20name', '%00'])('of %s are 404', async (name) => {
		expect(await read(`/v1/feeds/${name}/runs`)).toMatchObject({ status: 404, body: { code: 'FEED_NOT_FOUND' } })
	})
})

test('a token without the scope for the catalog sees no feed', async () => {
	for (const path of ['/v1/feeds', '/v1/feeds/history/runs', '/v1/held-prices']) {
		expect(await read(path, token('support', 'orders:manage'))).toMatchObject({
			status: 403,
			body: { code: 'FORBIDDEN', detail: 'The token lacks the scope catalog:write.' },
		})
	}
})
