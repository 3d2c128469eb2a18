import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@mercat/testing/eventually'
import { readSamples, readValue } from '@mercat/testing/read-samples'
import getPort from 'get-port'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBreakableProxy } from '../import/breakable-proxy.ts'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { answer, startSource } from './start-source.ts'
import { makeFeedsFolder, startSync } from './start-sync.ts'
import { feedOf, listProducts } from './use-feeds.ts'

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog()
})
afterAll(async () => await catalog[Symbol.asyncDispose]())

test('with --every, a changing source is followed until a signal, with a log line for each run and metrics', async () => {
	let body = feedOf('LIVE', 3)
	await using source = await startSource((request, response) => {
		const etag = `"${body.length}"`
		if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
		else answer(body, { etag })(request, response)
	})
	await using broken = await startSource((_request, response) => response.writeHead(404).end())
	using folder = makeFeedsFolder([
		{ name: 'live', url: source.origin },
		{ name: 'broken', url: broken.origin },
	])
	const metricsPort = await getPort()
	await using run = startSync(folder, catalog.port, ['--every', '1s'], {
		METRICS_PORT: String(metricsPort),
		HOST: '127.0.0.1',
	})
	const logged = () =>
		run
			.stdout()
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line))
	const outcomesOf = (feed: string) =>
		logged()
			.filter((line) => line.feed === feed)
			.map(({ outcome }) => outcome)
	await eventually(() => expect(outcomesOf('live').slice(0, 2)).toEqual(['synced', 'unchanged']))
	body = feedOf('LIVE', 5)
	await eventually(async () => expect((await listProducts(catalog)).has('LIVE-4')).toBe(true))
	// The source that has failed three times in a row is left alone.
	await eventually(() => expect(outcomesOf('broken').slice(0, 4)).toEqual(['failed', 'failed', 'failed', 'notRun']))
	const failures = () => outcomesOf('broken').filter((outcome) => outcome === 'failed').length
	const before = failures()
	const samples = readSamples(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text())
	// The source may have been asked once more meanwhile.
	const counted = readValue(samples, 'mercat_feed_syncs_total', { feed: 'broken', outcome: 'failed' }) ?? 0
	expect(counted).toBeGreaterThanOrEqual(before)
	await eventually(() => expect(failures()).toBeGreaterThanOrEqual(counted))
	expect(readValue(samples, 'mercat_feed_last_sync_timestamp_seconds', { feed: 'live' })).toBeGreaterThan(0)
	run.kill('SIGTERM')
	expect(await run.ended).toEqual([0, null])
	expect(new Set(logged().map(({ msg }) => msg))).toEqual(
		new Set(['feed synced', 'feed unchanged', 'feed failed', 'feed not run', 'feeds stopped']),
	)
	expect(logged().at(-1)).toMatchObject({ service: 'feeds', msg: 'feeds stopped' })
})

test('with --every, a source that drips delays no other one, and the report has the last run of each that has ended', async () => {
	await using drip = await startSource((_request, response) => {
		response.writeHead(200, { 'content-type': 'text/csv' })
		response.write('sku,title,price,currency\n')
	})
	await using quick = await startSource(answer(feedOf('QUICK', 2)))
	using folder = makeFeedsFolder([
		{ name: 'drip', url: drip.origin },
		{ name: 'quick', url: quick.origin },
	])
	const report = join(folder.path, 'report.json')
	await using run = startSync(folder, catalog.port, ['--every', '1s', '--report', report])
	await eventually(() => expect(quick.requests.length).toBeGreaterThanOrEqual(3))
	expect(drip.requests).toHaveLength(1)
	expect(JSON.parse(readFileSync(report, 'utf8')).feeds).toMatchObject([{ name: 'quick', outcome: 'synced', rows: 2 }])
	run.kill('SIGTERM')
	expect(await run.ended).toEqual([0, null])
	expect(JSON.parse(readFileSync(report, 'utf8')).feeds).toMatchObject([
		{ name: 'drip', outcome: 'failed', reason: 'the command was stopped' },
		{ name: 'quick' },
	])
})

test('with --every, the command ends when nobody reads its output any more', async () => {
	await using source = await startSource(answer(feedOf('READ', 2)))
	using folder = makeFeedsFolder([{ name: 'read', url: source.origin }])
	await using run = startSync(folder, catalog.port, ['--every', '1s'])
	await eventually(() => expect(run.stdout()).toContain('feed synced'))
	run.closeStdout()
	expect(await run.ended).toEqual([0, null])
})

test('with --every, a report that cannot be written is logged, and a later run writes it', async () => {
	await using source = await startSource(answer(feedOf('AGAIN', 2)))
	using folder = makeFeedsFolder([{ name: 'again', url: source.origin }])
	const reports = join(folder.path, 'reports')
	const report = join(reports, 'report.json')
	mkdirSync(reports)
	await using run = startSync(folder, catalog.port, ['--every', '1s', '--report', report])
	await eventually(() => expect(existsSync(report)).toBe(true))
	rmSync(reports, { recursive: true })
	await eventually(() => expect(run.stdout()).toContain('report not written'))
	mkdirSync(reports)
	await eventually(() => expect(existsSync(report)).toBe(true))
	run.kill('SIGTERM')
	expect(await run.ended).toEqual([0, null])
})

test('with --every, the first Ctrl-C says that the command is stopping, and a second one ends it at once', async () => {
	await using drip = await startSource((_request, response) => {
		response.writeHead(200, { 'content-type': 'text/csv' })
		response.write('sku,title,price,currency\n')
	})
	using folder = makeFeedsFolder([{ name: 'twice', url: drip.origin }])
	await using held = await startBreakableProxy(catalog.port, Number.POSITIVE_INFINITY)
	await using run = startSync(folder, held.port, ['--every', '1h'])
	await eventually(() => expect(drip.requests).toHaveLength(1))
	held.dropAnswers()
	let hasEnded = false
	const ended = run.ended.finally(() => {
		hasEnded = true
	})
	await eventually(
		() => {
			run.kill('SIGINT')
			expect(run.stderr()).toContain('mercat: stopping; a second Ctrl-C more than a second later stops at once')
			expect(hasEnded).toBe(true)
		},
		{ interval: 50 },
	)
	expect(await ended).toEqual([null, 'SIGINT'])
})
