import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { answer, startSource } from './start-source.ts'
import { makeFeedsFolder, startSync } from './start-sync.ts'
import { feedOf, listProducts } from './use-feeds.ts'

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog()
})
afterAll(async () => await catalog[Symbol.asyncDispose]())

/** The temporary folders of runs that are left. */
function leftovers({ path }: { path: string }): string[] {
	return readdirSync(path).filter((name) => name.startsWith('mercat-feeds-'))
}

test('the command prints a table, writes the report, and exits 1 for a source that failed', async () => {
	await using good = await startSource(answer(feedOf('GOOD', 3)))
	await using bad = await startSource((_request, response) => response.writeHead(404).end())
	using folder = makeFeedsFolder([
		{ name: 'good', url: good.origin },
		{ name: 'bad', url: `${bad.origin}/feed.csv?key=of-the-query` },
	])
	const report = join(folder.path, 'report.json')
	await using run = startSync(folder, catalog.port, ['--report', report])
	expect(await run.ended).toEqual([1, null])
	const [head, ...lines] = run.stdout().trimEnd().split('\n')
	expect(head).toMatch(/^feed +outcome +rows +created +updated +unchanged +held +rejected +missing +seconds +reason$/)
	expect(lines[0]).toMatch(/^good +synced +3 +3 +0 +0 +0 +0 +0 +\d+\.\d$/)
	expect(lines[1]).toMatch(/^bad +failed +0 +0 +0 +0 +0 +0 +0 +\d+\.\d +the source answered HTTP 404$/)
	expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual({
		startedAt: expect.stringMatching(/Z$/),
		endedAt: expect.stringMatching(/Z$/),
		feeds: [
			expect.objectContaining({ name: 'good', outcome: 'synced' }),
			expect.objectContaining({ name: 'bad', outcome: 'failed', attempts: 1 }),
		],
		rows: [],
	})
	expect(run.stdout() + run.stderr() + readFileSync(report, 'utf8')).not.toContain('of-the-query')
	expect(leftovers(folder)).toEqual([])

	await using only = startSync(folder, catalog.port, ['--only', 'good', '--report', join(folder.path, 'report.csv')])
	expect(await only.ended).toEqual([0, null])
	expect(readFileSync(join(folder.path, 'report.csv'), 'utf8')).toMatch(/^kind,feed,outcome,.*\r\nfeed,good,synced,/)
})

test('wrong settings and a catalog that does not answer are told before a source is asked', async () => {
	await using source = await startSource(answer(feedOf('WRONG', 3)))
	using folder = makeFeedsFolder([{ name: 'wrong', url: source.origin, timeoutS: 'soon' }])
	await using wrong = startSync(folder, catalog.port)
	expect(await wrong.ended).toEqual([2, null])
	expect(wrong.stderr()).toContain('feed wrong: timeoutS must be a number from 1 to 3600')
	using good = makeFeedsFolder([{ name: 'wrong', url: source.origin }])
	await using alone = startSync(good, 1)
	expect(await alone.ended).toEqual([1, null])
	expect(alone.stderr()).toContain('the catalog at 127.0.0.1:1 does not answer')
	expect(source.requests).toEqual([])
})

test('the report cannot replace the settings or the file of a source', async () => {
	using folder = makeFeedsFolder([{ name: 'local', url: 'file:///dev/null' }])
	const source = join(folder.path, 'source.csv')
	writeFileSync(source, feedOf('REPLACED', 3))
	using feeds = makeFeedsFolder([{ name: 'local', url: pathToFileURL(source).href }])
	for (const report of [source, join(feeds.path, 'feeds.json')]) {
		await using run = startSync(feeds, catalog.port, ['--report', report])
		expect(await run.ended).toEqual([2, null])
		expect(run.stderr()).toContain('--report must name another file')
	}
	expect(readFileSync(source, 'utf8')).toBe(feedOf('REPLACED', 3))
})

test('a report in a folder that does not exist, and a folder as a report, are told before a source is asked', async () => {
	await using source = await startSource(answer(feedOf('REPORT', 3)))
	using folder = makeFeedsFolder([{ name: 'report', url: source.origin }])
	await using nowhere = startSync(folder, catalog.port, ['--report', join(folder.path, 'none', 'report.json')])
	expect(await nowhere.ended).toEqual([2, null])
	expect(nowhere.stderr()).toContain('--report must name a file in a folder that exists')
	mkdirSync(join(folder.path, 'folder.csv'))
	await using itself = startSync(folder, catalog.port, ['--report', join(folder.path, 'folder.csv')])
	expect(await itself.ended).toEqual([2, null])
	expect(itself.stderr()).toContain('is a folder')
	expect(source.requests).toEqual([])
})

test('after Ctrl-C, the command ends cleanly, and the report says what was not done', async () => {
	await using quick = await startSource(answer(feedOf('QUICK', 3)))
	await using hanging = await startSource(() => {})
	using folder = makeFeedsFolder([
		{ name: 'quick', url: quick.origin },
		...['one', 'two', 'three'].map((name) => ({ name, url: hanging.origin })),
	])
	const report = join(folder.path, 'report.json')
	await using run = startSync(folder, catalog.port, ['--report', report])
	await eventually(async () => {
		expect(hanging.requests).toHaveLength(2)
		expect((await listProducts(catalog)).has('QUICK-2')).toBe(true)
	})
	run.kill('SIGINT')
	expect(await run.ended).toEqual([130, null])
	expect(run.stderr()).toContain('mercat: stopping; a second Ctrl-C more than a second later stops at once')
	const { feeds } = JSON.parse(readFileSync(report, 'utf8'))
	expect(feeds).toMatchObject([
		{ name: 'quick', outcome: 'synced' },
		{ name: 'one', outcome: 'failed', reason: 'the command was stopped' },
		{ name: 'two', outcome: 'failed', reason: 'the command was stopped' },
		{ name: 'three', outcome: 'notRun', reason: 'the command was stopped' },
	])
	expect(leftovers(folder)).toEqual([])
	// The run has ended, so the next one need not wait for its lease.
	await using again = startSync(folder, catalog.port, ['--only', 'quick'])
	expect(await again.ended).toEqual([0, null])
})

test('a feed that another machine runs is waited for once and then left alone, and both reports say so', async () => {
	const open: (() => void)[] = []
	await using source = await startSource((request, response) => {
		open.push(() => answer(feedOf('SHARED', 3))(request, response))
	})
	using first = makeFeedsFolder([{ name: 'shared', url: source.origin }])
	using second = makeFeedsFolder([{ name: 'shared', url: source.origin }])
	await using holder = startSync(first, catalog.port)
	await eventually(() => expect(open).toHaveLength(1))
	await using other = startSync(second, catalog.port)
	expect(await other.ended).toEqual([1, null])
	expect(other.stdout()).toMatch(/shared +notRun .* another run of this feed is active/)
	expect(source.requests).toHaveLength(1)
	for (const send of open) send()
	expect(await holder.ended).toEqual([0, null])
})

test('the output ends with the way to held prices, and a dry run says that nothing was changed', async () => {
	const bodies = [feedOf('CLOSE', 2), feedOf('CLOSE', 2, () => '99.00')]
	let body = bodies[0] ?? ''
	await using source = await startSource((...call) => answer(body)(...call))
	using folder = makeFeedsFolder([{ name: 'close', url: source.origin }])
	const endOf = async (...args: string[]) => {
		await using run = startSync(folder, catalog.port, args)
		await run.ended
		return run.stdout().split('\n').slice(2).join('\n')
	}
	expect(await endOf('--dry-run')).toBe('dry run, nothing was changed\n')
	expect(await endOf()).toBe('')
	body = bodies[1] ?? ''
	expect(await endOf()).toBe('2 prices are held: `mercat prices held` and the console show them for a decision\n')
})

test('rejected rows are counted by their rules, and the last line says where they are listed', async () => {
	await using first = await startSource(answer(feedOf('OWNED', 2)))
	await using second = await startSource(answer(`${feedOf('OWNED', 2, () => '7.00')}REFUSED,R,1.234,EUR,1\n`))
	using owner = makeFeedsFolder([{ name: 'owner', url: first.origin }])
	await using given = startSync(owner, catalog.port)
	expect(await given.ended).toEqual([0, null])
	using folder = makeFeedsFolder([{ name: 'stranger', url: second.origin }])
	await using run = startSync(folder, catalog.port)
	expect(await run.ended).toEqual([1, null])
	expect(run.stdout()).toContain('3 rows were rejected (OTHER_SOURCE 2, PRICE_AMBIGUOUS 1)\n')
	expect(run.stdout()).toMatch(/\n3 rows were rejected: --report FILE lists them with their reasons\n$/)
	const report = join(folder.path, 'report.json')
	await using listed = startSync(folder, catalog.port, ['--report', report])
	await listed.ended
	expect(listed.stdout()).toContain(`\n3 rows were rejected: ${report} lists them with their reasons\n`)
	expect(JSON.parse(readFileSync(report, 'utf8')).feeds[0].reason).toBe(
		'3 rows were rejected (OTHER_SOURCE 2, PRICE_AMBIGUOUS 1)',
	)
})

test('a message about the file names the settings of the feed, and not the options of another command', async () => {
	const latin = Buffer.from('sku,title,price,currency\nLATIN-1,Gr\xf6\xdfe,1,EUR\nLATIN-2,Mug,1,EUR\n', 'latin1')
	await using source = await startSource(answer(latin))
	await using titled = await startSource(answer('Stock list\nsku\n'))
	using folder = makeFeedsFolder([
		{ name: 'latin', url: source.origin },
		{ name: 'titled', url: titled.origin },
	])
	const report = join(folder.path, 'report.json')
	await using run = startSync(folder, catalog.port, ['--report', report])
	expect(await run.ended).toEqual([1, null])
	const text = readFileSync(report, 'utf8')
	expect(JSON.parse(text).rows).toMatchObject([
		{ detail: expect.stringContaining('the setting encoding tells another') },
	])
	expect(JSON.parse(text).feeds[1].reason).toContain('the setting map reads a field')
	expect(text).not.toContain('--')
})
