import { expect, test } from 'vitest'
import { formatSynonymRule, parseSynonymLines } from '../../src/search/synonym-lines.ts'

test('lines with and without an arrow are rules; comments and empty lines are none', () => {
	const { rules, lineNumbers, fault } = parseSynonymLines([
		'# furniture',
		' couch, sofa ,settee ',
		'',
		'tv, telly => television # one way',
		'C#, C sharp',
	])
	expect(fault).toBeUndefined()
	expect(rules).toEqual([
		{ words: [], meanings: ['couch', 'sofa', 'settee'] },
		{ words: ['tv', 'telly'], meanings: ['television'] },
		{ words: [], meanings: ['C#', 'C sharp'] },
	])
	expect(lineNumbers).toEqual([2, 4, 5])
})

test.each([
	['couch', 'must have at least 2 words'],
	['a => b => c', 'must have "=>" only once'],
	['a, , b', 'must have a word on each side of "," and "=>"'],
	['=> b', 'must have a word on each side of "," and "=>"'],
	['a =>', 'must have a word on each side of "," and "=>"'],
])('the line "%s" is at fault', (line, problem) => {
	expect(parseSynonymLines(['x, y', line]).fault).toEqual({ lineNumber: 2, problem })
})

test('a rule is written as the line that it was read from', () => {
	const lines = ['couch, sofa, settee', 'tv, telly => television']
	expect(parseSynonymLines(lines).rules.map(formatSynonymRule)).toEqual(lines)
})
