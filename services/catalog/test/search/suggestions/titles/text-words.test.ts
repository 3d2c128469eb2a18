import { expect, test } from 'vitest'
import { textWords } from '../../../../src/search/suggestions/titles/text-words.ts'

const cpuMs = () => process.cpuUsage().user / 1_000

test('words have the signs before them', () => {
	const words = textWords('  Wi-Fi, 5 GHz!').map(({ word, before, isJoined }) => ({ word, before, isJoined }))
	expect(words).toEqual([
		{ word: 'Wi', before: '  ', isJoined: false },
		{ word: 'Fi', before: '-', isJoined: true },
		{ word: '5', before: ', ', isJoined: false },
		{ word: 'GHz', before: ' ', isJoined: false },
	])
})

test.each(['.', ' ', '👩‍👩‍👧', '-a'])('the work for a long text of %j grows no faster than the text', (sign) => {
	textWords(sign.repeat(1_000))
	const before = cpuMs()
	textWords(sign.repeat(20_000))
	// A second look at each sign would take ten times as long.
	expect(cpuMs() - before).toBeLessThan(100)
})
