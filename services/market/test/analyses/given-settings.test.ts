import { GivenSettingsSchema } from '@mercat/market-api/analysis-schemas'
import { Problem } from '@mercat/rest-api/problem'
import { Value } from '@sinclair/typebox/value'
import { describe, expect, test } from 'vitest'
import { mergeSettings, readTimes } from '../../src/analyses/analysis-request.ts'
import { plainMembers } from '../../src/settings/source-members.ts'
import { noon } from '../noon.ts'
import { settingsWith } from './judged-ticks.ts'

const values = [-1, 0, 0.5, 1, 1.5, 2, 4, 5, 100, 101, 1_000, 1_001, 1_002, 86_400, 86_401, 1_000_000, 1_000_001]
const others = ['5', true, Number.MAX_SAFE_INTEGER, 2 ** 53, [], {}]

test.each(Object.keys(GivenSettingsSchema.properties))('%s has the limits of the setting of a source', (name) => {
	const taken = (value: unknown) => Value.Check(GivenSettingsSchema, { [name]: value })
	for (const value of [...values, ...others])
		expect([value, taken(value)]).toEqual([value, plainMembers[name]?.fits(value)])
})

test('every setting of the checks can be given', () => {
	expect(Object.keys(GivenSettingsSchema.properties).toSorted()).toEqual(Object.keys(settingsWith()).toSorted())
})

describe('the settings of an analysis', () => {
	const ofSource = settingsWith({ threshold: 4, floorMinor: 100, ceilingMinor: 900 })

	test('are those of its source where none are given, and `null` takes a limit away', () => {
		expect(mergeSettings(ofSource, {})).toEqual(ofSource)
		expect(mergeSettings(ofSource, { threshold: 2, floorMinor: null, ceilingMinor: 50 })).toEqual({
			...ofSource,
			threshold: 2,
			floorMinor: undefined,
			ceilingMinor: 50,
		})
	})

	test('have no ceiling below the floor, also when one of them is that of the source', () => {
		for (const given of [{ ceilingMinor: 99 }, { floorMinor: 901 }, { floorMinor: 2, ceilingMinor: 1 }])
			expect(refusalOf(() => mergeSettings(ofSource, given))).toMatchObject([{ pointer: '#/settings/ceilingMinor' }])
	})
})

describe('the time of an analysis', () => {
	test('is all that is kept until now where none is given, and ends now at the latest', () => {
		expect(readTimes({}, noon)).toEqual({ from: new Date(0), to: new Date(noon) })
		const given = { from: '2026-11-30T12:30:00+01:00', to: '9999-12-31T23:59:59-14:00' }
		expect(readTimes(given, noon)).toEqual({ from: new Date(noon - 1_800_000), to: new Date(noon) })
		expect(readTimes({ from: '0000-01-01T00:00:00+14:00' }, noon).from).toEqual(new Date(0))
	})

	test.each([
		[{ from: '2026-11-30T11:00:00Z', to: '2026-11-30T11:00:00Z' }, '#/from'],
		[{ from: '2026-11-30T12:00:00Z' }, '#/from'],
		[{ from: '2016-12-31T23:59:60Z' }, '#/from'],
		[{ to: '2016-12-31T23:59:60Z' }, '#/to'],
	])('%j is refused, with the place', (given, pointer) => {
		expect(refusalOf(() => readTimes(given, noon))).toMatchObject([{ pointer }])
	})
})

function refusalOf(work: () => unknown): unknown {
	try {
		work()
	} catch (error) {
		expect(error).toBeInstanceOf(Problem)
		return (error as Problem).extensions['errors']
	}
	throw new Error('it was not refused')
}
