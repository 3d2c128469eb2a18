import { getHeapStatistics } from 'node:v8'
import { expect, test } from 'vitest'
import { createSkuSet } from '../../src/parsing/sku-set.ts'

const many = 1_000_000

test('a set of millions of skus knows each of them and no other one, and takes none of the heap', () => {
	const before = getHeapStatistics()
	const skus = createSkuSet()
	for (let n = 0; n < many; n++) skus.add(`SUPPLIER-ARTICLE-${n}-EU`)
	const after = getHeapStatistics()
	expect(skus.size).toBe(many)
	let [known, unknown] = [0, 0]
	for (let n = 0; n < many; n++) {
		if (skus.has(`SUPPLIER-ARTICLE-${n}-EU`)) known++
		if (skus.has(`SUPPLIER-ARTICLE-${n}-US`)) unknown++
	}
	expect([known, unknown]).toEqual([many, 0])
	expect((after.used_heap_size - before.used_heap_size) / many).toBeLessThan(20)
	// With the tables that were too small, which the garbage collector has not taken yet.
	expect((after.external_memory - before.external_memory) / many).toBeLessThan(2 * 22)
})

test('a sku that comes again counts once', () => {
	const skus = createSkuSet(2)
	for (const sku of ['A', 'B', 'A', '', 'C', '']) skus.add(sku)
	expect(skus.size).toBe(4)
	expect(['A', 'B', 'C', '', 'D', 'a'].map((sku) => skus.has(sku))).toEqual([true, true, true, true, false, false])
})
