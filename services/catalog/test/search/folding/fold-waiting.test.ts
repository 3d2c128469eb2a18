import { register } from '@mercat/service/metrics'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { foldWaiting } from '../../../src/search/folding/fold-waiting.ts'
import { doc } from '../index/index-in.ts'
import { openIndex } from '../index/open-index.ts'

test.each(engines)('segments are folded when they are many or old, on %s', async (engine) => {
	await using index = await openIndex(engine)
	await index.write(doc(1, { mug: [0] }))
	await index.write(doc(2, { mug: [0] }))
	expect(await foldWaiting(index.needs, { manySegments: 3, oldMs: 60_000 })).toBe(0)
	expect(await metric('mercat_search_segments')).toBe(2)
	await index.write(doc(3, { mug: [0] }))
	const before = await metric('mercat_search_folded_docs_total')
	expect(await foldWaiting(index.needs, { manySegments: 3, oldMs: 60_000 })).toBe(3)
	expect(await metric('mercat_search_segments')).toBe(0)
	expect(await metric('mercat_search_folded_docs_total')).toBe(before + 3)
	await index.write(doc(4, { mug: [0] }))
	expect(await foldWaiting(index.needs, { manySegments: 3, oldMs: 0 })).toBe(1)
	expect(await index.reader().find('mug')).toEqual({ mug: { 1: [0], 2: [0], 3: [0], 4: [0] } })
})

test('while one process folds, another leaves it alone', async () => {
	await using index = await openIndex('postgres')
	await index.write(doc(1, { mug: [0] }))
	const other = await index.needs.foldTransaction(async () => ({ fold: await index.fold() }))
	expect(other).toEqual({ fold: undefined })
	expect(await index.fold()).toMatchObject({ docs: 1 })
})

test('the embedded database does not grow when one text is written again and again', async () => {
	await using index = await openIndex('pglite')
	// So long that it is stored apart from its row.
	const tokens = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`word${n}`, [n * 8]]))
	const sizeAfter = async (rounds: number, from: number) => {
		for (let number = from; number < from + rounds; number++) {
			await index.write(doc(number, tokens))
			const knowDocs = async () => (other: number) => other >= number
			await foldWaiting({ ...index.needs, knowDocs }, { manySegments: 1 })
		}
		const [size] = await index.database.query<{ bytes: number }>(
			"select pg_total_relation_size('search_segment') as bytes",
		)
		return size!.bytes
	}
	const early = await sizeAfter(60, 1)
	expect(await sizeAfter(100, 61)).toBeLessThanOrEqual(early * 1.2)
})

async function metric(name: string): Promise<number> {
	const found = await register.getSingleMetric(name)?.get()
	return found?.values[0]?.value ?? 0
}
