import { expect, test } from 'vitest'
import { createSynonymTable } from '../../../src/search/synonyms/synonym-table.ts'

test('words of one line without an arrow mean each other', async () => {
	const { synonymsOf } = await createSynonymTable([{ words: [], meanings: ['couch', 'sofa', 'settee'] }])
	expect(synonymsOf(['couch'])).toEqual([['sofa'], ['settee']])
	expect(synonymsOf(['settee'])).toEqual([['couch'], ['sofa']])
})

test('a line with an arrow goes one way', async () => {
	const { synonymsOf } = await createSynonymTable([{ words: ['tv'], meanings: ['television', 'telly'] }])
	expect(synonymsOf(['tv'])).toEqual([['television'], ['telly']])
	expect(synonymsOf(['television'])).toEqual([])
})

test('a synonym may have several words, and is found however a query writes it', async () => {
	const { synonymsOf, longest } = await createSynonymTable([{ words: [], meanings: ['Dining Table', 'Eßtisch'] }])
	expect(synonymsOf(['dining', 'table'])).toEqual([['Eßtisch']])
	expect(synonymsOf(['esstisch'])).toEqual([['Dining Table']])
	expect(longest).toBe(2)
})

test('a synonym of a synonym is none', async () => {
	const { synonymsOf } = await createSynonymTable([
		{ words: [], meanings: ['a1', 'b1'] },
		{ words: [], meanings: ['b1', 'c1'] },
	])
	expect(synonymsOf(['a1'])).toEqual([['b1']])
	expect(synonymsOf(['b1'])).toEqual([['a1'], ['c1']])
})

test('a word is no synonym of itself, however it is written', async () => {
	const { synonymsOf } = await createSynonymTable([{ words: ['TV'], meanings: ['tv', 'television', 'Television'] }])
	expect(synonymsOf(['tv'])).toEqual([['television']])
})

test('words with umlauts are found however they are typed', async () => {
	const { synonymsOf } = await createSynonymTable([{ words: ['Öl', 'Grünes Öl'], meanings: ['huile'] }])
	expect(synonymsOf(['ol'])).toEqual([['huile']])
	expect(synonymsOf(['oel'])).toEqual([['huile']])
	expect(synonymsOf(['gruenes', 'oel'])).toEqual([['huile']])
})
