import { largestAmount } from '@mercat/catalog-api/amounts'
import { currencyDigits } from '@mercat/catalog-api/currencies'
import { isSource, sourceRule } from '@mercat/catalog-api/identifiers'
import {
	isObject,
	number,
	numberAbove0,
	oneOf,
	type SettingMember,
	wholeNumber,
	yesOrNo,
} from '@mercat/service/setting-member'
import { defaultMap } from './source-settings.ts'

const amount = wholeNumber(0, largestAmount)
const percent = numberAbove0(1_000_000)
const daySeconds = 86_400

/** The members of a source whose values can be checked alone. */
export const plainMembers: Record<string, SettingMember> = {
	name: { rule: sourceRule, fits: isSource },
	allowPrivate: yesOrNo,
	skuPrefix: {
		rule: 'at most 32 of A-Z a-z 0-9 . _ -',
		fits: (value) => typeof value === 'string' && /^[A-Za-z0-9._-]{0,32}$/.test(value),
	},
	priceIn: oneOf(['minor', 'major']),
	currency: {
		rule: 'a code of ISO 4217, such as EUR',
		fits: (value) => typeof value === 'string' && currencyDigits(value.toUpperCase()) !== undefined,
	},
	staleAfterS: number(1, daySeconds),
	maxAgeS: number(1, daySeconds),
	maxAheadS: number(0, daySeconds),
	maxTickChangePercent: percent,
	maxDayChangePercent: percent,
	leastMovePercent: percent,
	window: wholeNumber(5, 1_001),
	threshold: numberAbove0(1_000),
	agreeing: wholeNumber(2, 100),
	floorMinor: amount,
	ceilingMinor: amount,
}

/** The members of a source that need more than a look at their values. */
export const otherMembers = ['url', 'headers', 'map']

const pathForm = /^[^.]{1,64}(\.[^.]{1,64}){0,9}$/
// A message may be its only tick, or a bare array of ticks.
const mayBeWhole = ['ticks']

/** The sentences about a `map`, each of which follows the name of the member. */
export function mapFaults(value: unknown): string[] {
	if (value === undefined) return []
	if (!isObject(value)) return ['map must be an object from member to path, such as { "price": "data.price" }']
	return Object.entries(value).flatMap(([name, path]) => {
		if (!Object.hasOwn(defaultMap, name))
			return [`map.${name} is not known; the members of a map are ${Object.keys(defaultMap).join(', ')}`]
		const isPath = typeof path === 'string' && (pathForm.test(path) || (path === '' && mayBeWhole.includes(name)))
		return isPath ? [] : [`map.${name} must be names between dots, such as data.price`]
	})
}
