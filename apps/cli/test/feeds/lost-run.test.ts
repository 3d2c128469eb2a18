import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { startTestCatalog } from '../start-catalog.ts'
import { answer, startSource } from './start-source.ts'
import { makeFeedsFolder, startSync } from './start-sync.ts'
import { feedOf, listProducts } from './use-feeds.ts'

test('a run that stood still while another one ran changes nothing any more', async () => {
	await using catalog = await startTestCatalog()
	let sendOld = () => {}
	await using source = await startSource((request, response) => {
		if (source.requests.length === 1) sendOld = () => answer(feedOf('TURN', 3, () => '1.00'))(request, response)
		else answer(feedOf('TURN', 3, () => '2.00'))(request, response)
	})
	using folder = makeFeedsFolder([{ name: 'turn', url: source.origin }])
	const report = join(folder.path, 'old.json')
	await using old = startSync(folder, catalog.port, ['--report', report])
	await eventually(() => expect(source.requests).toHaveLength(1))
	old.kill('SIGSTOP')
	sendOld()
	await using other = startSync(folder, catalog.port)
	expect(await other.ended).toEqual([0, null])
	old.kill('SIGCONT')
	expect(await old.ended).toEqual([1, null])
	expect(JSON.parse(readFileSync(report, 'utf8')).feeds).toMatchObject([
		{ outcome: 'failed', reason: 'another run of this feed has begun', rows: 0 },
	])
	const prices = [...(await listProducts(catalog)).values()].map(({ product }) => product?.price?.amountMinor)
	expect(prices).toEqual([200, 200, 200])
})
