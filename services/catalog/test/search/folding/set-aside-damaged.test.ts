import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createSearchAuditStore } from '../../../src/audit/search-audit-store.ts'
import { foldWaiting } from '../../../src/search/folding/fold-waiting.ts'
import { openBuild } from '../building/open-build.ts'
import { doc, indexIn } from '../index/index-in.ts'
import { openIndex } from '../index/open-index.ts'

const atOnce = { manySegments: 1 }

/** What happens to the bytes of a segment. */
const damages: [what: string, bytes: string][] = [
	['another format', 'set_byte(data, 0, 99)'],
	['a lost end', 'substring(data for octet_length(data) - 2)'],
	['nothing left', String.raw`'\x'::bytea`],
]

describe.each(engines)('on %s', (engine) => {
	test.each(damages)(
		'the products of a segment with %s are indexed anew, and all others are folded',
		async (_, bytes) => {
			await using build = await openBuild(engine, 5)
			await build.build()
			const { database } = build
			const [{ id }] = (await database.query<{ id: number }>('select min(id) as id from search_segment')) as [
				{ id: number },
			]
			await database.query(`update search_segment set data = ${bytes} where id = $1`, [id])
			const found = await createSearchAuditStore(database).searchBreaches(true)
			expect(found).toContainEqual({ subject: `segment ${id}`, finding: expect.stringContaining('the row is damaged') })

			const index = indexIn(database)
			await foldWaiting(index.needs, atOnce)
			expect(index.damages).toEqual([expect.stringContaining(`segment ${id} of the search index is damaged`)])
			expect(await database.query('select from search_segment')).toEqual([])
			expect(await database.query('select sku from search_waiting')).toEqual([{ sku: 'P-1' }, { sku: 'P-2' }])
			await build.expectWhole()
			expect(await database.query('select from search_waiting')).toEqual([])
		},
	)

	test('a replica leaves a segment that it cannot read to the replicas of a newer analysis', async () => {
		await using build = await openBuild(engine, 1)
		await build.build()
		await build.database.query('update search_index set analysis = analysis + 1')
		await build.database.query('update search_segment set data = set_byte(data, 0, 99)')
		await expect(foldWaiting(indexIn(build.database).needs, atOnce)).rejects.toThrow('is damaged')
		expect(await build.database.query('select from search_segment')).toHaveLength(1)
		expect(await build.database.query('select from search_waiting')).toEqual([])
	})

	test('a damaged row does not stop searches, and is reported once', async () => {
		await using index = await openIndex(engine)
		await index.write(doc(1, { mug: [0] }), doc(2, { mug: [8], cup: [0] }))
		await index.fold()
		await index.write(doc(3, { mug: [0] }))
		await index.write(doc(4, { mug: [0] }))
		await index.database.query("update search_posting set postings = '' where token = 'mug'")
		await index.database.query('update search_segment set data = set_byte(data, 0, 99) where first_doc = 3')
		const damaged: string[] = []
		const reader = index.reader({ onDamage: ({ message }) => void damaged.push(message) })
		for (let search = 0; search < 3; search++) {
			expect(await reader.find('mug', 'cup')).toEqual({ mug: { 4: [0] }, cup: { 2: [0] } })
		}
		expect(damaged.toSorted()).toEqual([
			expect.stringMatching(/^row mug 1 of the search index is damaged/),
			expect.stringMatching(/^segment \d+ of the search index is damaged/),
		])
	})

	test('rows beside a damaged one are merged and swept, and it stays', async () => {
		await using index = await openIndex(engine)
		for (let number = 1; number <= 4; number++) {
			await index.write(doc(number, { mug: [0] }))
			await index.fold()
		}
		await index.database.query("update search_posting set postings = '' where first_doc = 2")
		await index.compact(['mug'])
		await index.die(1)
		await index.sweep(async () => (number) => number !== 1)
		expect(await index.reader().find('mug')).toEqual({ mug: { 3: [0], 4: [0] } })
		const rows = await index.database.query('select first_doc as doc from search_posting order by first_doc')
		expect(rows).toEqual([{ doc: 2 }, { doc: 3 }])
		expect(index.damages[0]).toContain('row mug 2 of the search index is damaged')
	})
})
