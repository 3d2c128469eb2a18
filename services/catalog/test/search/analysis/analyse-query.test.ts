import { expect, test } from 'vitest'
import { analyseQuery } from '../../../src/search/analysis/analyse-query.ts'

const wordsOf = (query: string) => analyseQuery(query).words.map(({ word }) => word)
const alternativesOf = (query: string) =>
	analyseQuery(query).words[0]?.alternatives.map(({ kind, tokens }) => `${kind}: ${tokens.join(' ')}`)

test('the first alternative is the word as it was typed', () => {
	expect(alternativesOf('Wi-Fi')?.slice(0, 2)).toEqual(['exact: wifi', 'exact: wi fi'])
	expect(alternativesOf('Müller')?.slice(0, 2)).toEqual(['exact: muller', 'exact: mueller'])
	expect(alternativesOf('mueller')?.slice(0, 1)).toEqual(['exact: mueller'])
	expect(alternativesOf('5000mAh')).toEqual(expect.arrayContaining(['exact: 5000mah', 'exact: 5000 mah']))
})

test('a word and its stem are looked up as stems, and possible plurals as forms', () => {
	expect(alternativesOf('shoes')).toEqual(expect.arrayContaining(['stem: *shoe', 'stem: shoe']))
	expect(alternativesOf('Lampe')).toContain('form: lampen')
	expect(alternativesOf('1.50')).toEqual(['exact: 1.50', 'exact: 1.5'])
})

test('a model code may be a sku', () => {
	expect(alternativesOf('KT-INS114')).toContain('exact: #ktins114')
	expect(alternativesOf('1.5V')?.filter((alternative) => alternative.includes('#'))).toEqual([])
})

test.each([
	['shoes', true],
	['mug', false],
	['wi-fii', true],
	['bc1010', false],
	['электрический', true],
	['连衣裙连衣裙', false],
	['"shoes"', false],
])('the word %s may be corrected: %s', (query, mayBeCorrected) => {
	expect(analyseQuery(query).words[0]?.mayBeCorrected).toBe(mayBeCorrected)
})

test('the last word may be unfinished until something follows it', () => {
	const unfinished = (query: string) => analyseQuery(query).words.map(({ mayBeUnfinished }) => mayBeUnfinished)
	expect(unfinished('red sho')).toEqual([false, true])
	expect(unfinished('red sho ')).toEqual([false, false])
	expect(unfinished('"red sho"')).toEqual([false, false])
})

test('quotes of every kind make a phrase when they are closed', () => {
	const phrases = (query: string) => analyseQuery(query).words.map(({ phrase }) => phrase)
	expect(phrases('a "b c" d "e"')).toEqual([undefined, 0, 0, undefined, 1])
	expect(phrases('“b c” „d e“ «f»')).toEqual([0, 0, 1, 1, 2])
	expect(phrases('a "b c')).toEqual([undefined, undefined, undefined])
	expect(phrases('24" monitor 27"')).toEqual([undefined, undefined, undefined])
	expect(phrases('"24 monitor"')).toEqual([0, 0])
})

test('words of a phrase have only exact alternatives', () => {
	expect(alternativesOf('"shoes"')).toEqual(['exact: shoes'])
})

test.each([
	['shoes -red', [false, true]],
	['-red', [true]],
	['-"red blue" shoes', [true, true, false]],
	['T-Shirt', [false]],
	['shoes - red', [false, false]],
	['shoes -- red', [false, false]],
	['shoes --red', [false, false]],
	['freezer -18 °C', [false, false, false]],
	['freezer -18', [false, false]],
	['freezer -18.5 c', [false, false, false]],
	['freezer -18C, white', [false, false, false]],
	['-5%', [false]],
	['case -15cm', [false, true]],
	['case -"15"', [false, true]],
	['mug -"blue stone', [false, true, true]],
])('%s excludes %j', (query, excluded) => {
	expect(analyseQuery(query).words.map(({ isExcluded }) => isExcluded)).toEqual(excluded)
})

test('neighbours that only spaces separate may be one word', () => {
	const spans = (query: string) => analyseQuery(query).spans.map(({ from, to, word }) => `${from}-${to} ${word}`)
	expect(spans('red t shirt')).toEqual(['0-1 redt', '1-2 tshirt'])
	expect(spans('x box one')).toEqual(['0-1 xbox', '0-2 xboxone', '1-2 boxone'])
	expect(spans('wi, fi')).toEqual([])
	expect(spans('10 20')).toEqual([])
	expect(spans('red -blue')).toEqual([])
	expect(spans('"red blue"')).toEqual([])
})

test('a word knows where it stands in the normal text of the query', () => {
	const { text, words } = analyseQuery('ｒｅｄ  T-Shrit "x"')
	expect(words.map(({ start, end }) => text.slice(start, end))).toEqual(['red', 'T-Shrit', 'x'])
})

test('a compound word consists of parts, and a simple word has none', () => {
	const partsOf = (query: string) => analyseQuery(query).words[0]?.parts.map(({ word }) => word)
	expect(partsOf('usb-c')).toEqual(['usb', 'c'])
	expect(partsOf('유기농')).toEqual(['유기', '기농'])
	expect(partsOf('usb')).toEqual([])
})

test('particles between words of Japanese do not restrict', () => {
	expect(analyseQuery('緑茶のバッグ').words.map(({ word, isFunctionWord }) => [word, isFunctionWord])).toEqual([
		['緑茶', false],
		['の', true],
		['ばっぐ', false],
	])
})

test('letters that no dictionary knows together stay one word', () => {
	expect(wordsOf('紸綗鋕頠')).toEqual(['紸綗鋕頠'])
})

test.each([
	['KT-INS114-DRE', 'ktins114dre'],
	['kt ins114 dre ', 'ktins114dre'],
	['Café 12', ''],
	['a, b', ''],
	['x'.repeat(65), ''],
	['', ''],
	['---', '---'],
])('the query %j has the key %j of a sku', (query, key) => {
	expect(analyseQuery(query).skuKey).toBe(key)
})

test.each(['', '  ', '-', '--', '"', '""', '!!!', '🍵', '\ud83c', '\u0301', '*:*', "'; drop table product; --"])(
	'the query %j is no error',
	(query) => {
		expect(() => analyseQuery(query)).not.toThrow()
	},
)

test('a query has at most 16 words, of at most 64 letters, however long it is', () => {
	expect(wordsOf('lorem ipsum '.repeat(2_000))).toHaveLength(16)
	for (const part of ['a', 'aB', 'a-', "a'", '1.', '1"', '" ', '- ', '红', 'ก', 'a\u0301']) {
		const { words } = analyseQuery(part.repeat(20_000))
		expect(words.length).toBeLessThanOrEqual(16)
		for (const { word } of words) expect(word.length).toBeLessThanOrEqual(64)
	}
})
