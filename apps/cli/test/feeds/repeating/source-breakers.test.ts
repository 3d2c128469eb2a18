import { expect, test } from 'vitest'
import { createSourceBreakers } from '../../../src/feeds/repeating/source-breakers.ts'

const name = 'acme'

test('a source that failed three times in a row is left alone', () => {
	const breakers = createSourceBreakers(60_000, { now: () => 0 })
	const fail = () => breakers.note({ name, outcome: 'failed', isSourceFault: true })
	fail()
	fail()
	breakers.note({ name, outcome: 'synced', isSourceFault: false })
	fail()
	fail()
	expect(breakers.leftOut({ name })).toBeUndefined()
	fail()
	expect(breakers.leftOut({ name })).toMatch(/^the source has failed 3 times in a row/)
})

test('failures that are not those of the source neither count nor forgive', () => {
	const breakers = createSourceBreakers(60_000, { now: () => 0 })
	for (let run = 0; run < 5; run++) breakers.note({ name, outcome: 'failed', isSourceFault: false })
	expect(breakers.leftOut({ name })).toBeUndefined()
	for (let run = 0; run < 3; run++) {
		breakers.note({ name, outcome: 'failed', isSourceFault: true })
		breakers.note({ name, outcome: 'failed', isSourceFault: false })
	}
	expect(breakers.leftOut({ name })).toMatch(/^the source has failed 3 times/)
})

test.each([
	[1_000, '3 s'],
	[20_000, '50 s'],
	[60_000, '3 min'],
])('with a run every %d ms, a source that failed three times is left alone for %s', (everyMs, time) => {
	const breakers = createSourceBreakers(everyMs, { now: () => 0 })
	for (let run = 0; run < 3; run++) breakers.note({ name, outcome: 'failed', isSourceFault: true })
	expect(breakers.leftOut({ name })).toBe(`the source has failed 3 times in a row and is left alone for ${time} more`)
})
