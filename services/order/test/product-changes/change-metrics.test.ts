import { createOpenWatch } from '@mercat/catalog-api/open-watch'
import { createWatchCall } from '@mercat/catalog-api/watch-call'
import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { createChangeFeed } from '../../src/product-changes/change-feed.ts'
import { messageAt, startScriptedCatalog } from './scripted-catalog.ts'

const quiet = { warn() {}, info() {}, error() {} }
const valuesOf = async (name: string) => (await register.getSingleMetric(name)?.get())?.values ?? []
const soon = (check: () => unknown) => eventually(check)

test('the metrics tell the age of the changes, the ids that wait, and the streams that begin anew', async () => {
	using catalog = await startScriptedCatalog()
	const openWatch = createOpenWatch({ call: createWatchCall(catalog.clients), log: quiet })
	using feed = createChangeFeed({ openWatch, log: quiet }, { longestWaitMs: 2_000 })
	const age = async () => (await valuesOf('mercat_product_changes_age_seconds')).map(({ value }) => value)
	const waiting = async () => (await valuesOf('mercat_product_catch_ups_waiting')).map(({ value }) => value)
	expect(await age()).toEqual([])

	feed.open(undefined, () => {})
	const watch = await catalog.next(0)
	const minuteAgo = Date.now() / 1_000 - 60
	watch.send(messageAt(10, minuteAgo))
	await soon(async () => expect((await age())[0]).toBeGreaterThanOrEqual(60))
	// The clock of the database may be ahead.
	watch.send(messageAt(10, minuteAgo + 120))
	await soon(async () => expect(await age()).toEqual([0]))

	const ids = [1, 2, 3, 4, 5, 6].map((position) => `at-${position}-50`)
	const cursors = ids.map((id) => feed.open(id, () => {}))
	expect(await waiting()).toEqual([2])
	cursors[5]?.close()
	expect(await waiting()).toEqual([1])
	feed.open('no id', () => {})
	await soon(async () =>
		expect(await valuesOf('mercat_product_streams_reset_total')).toMatchObject([
			{ value: 1, labels: { reason: 'invalid' } },
			{ value: 1, labels: { reason: 'waited' } },
		]),
	)
	expect(await waiting()).toEqual([0])
})

test('a catalog that is silent is asked again, and the log says so once', async () => {
	const warnings: string[] = []
	const log = { ...quiet, warn: (_facts: object, message: string) => void warnings.push(message) }
	using catalog = await startScriptedCatalog()
	const openWatch = createOpenWatch({ call: createWatchCall(catalog.clients), log }, { silentMs: 50 })
	using feed = createChangeFeed({ openWatch, log }, { idleMs: 60_000 })
	feed.open(undefined, () => {})
	await catalog.next(2)
	expect(warnings).toEqual(['the catalog is silent, so its changes are asked for again'])
	expect(catalog.streams[0]?.isOpen()).toBe(false)
})
