import { isSource, sourceRule } from '@mercat/catalog-api/identifiers'
import { missingActions } from './feed-settings.ts'

/** A member of a feed in the settings file: the rule that completes the message "MEMBER must be …", and its check. */
type Member = { rule: string; fits(value: unknown): boolean }

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isNumber = (from: number, to: number) => (value: unknown) =>
	typeof value === 'number' && value >= from && value <= to
const oneOf = (values: readonly string[]): Member => ({
	rule: `one of ${values.join(', ')}`,
	fits: (value) => values.includes(value as string),
})
const text: Member = { rule: 'a text', fits: isText }

export function isFeedName(value: unknown): value is string {
	return typeof value === 'string' && isSource(value)
}

/** The members of a feed whose values can be checked alone. */
export const plainMembers: Record<string, Member> = {
	name: { rule: sourceRule, fits: isFeedName },
	format: oneOf(['mercat', 'shopify', 'woocommerce', 'google']),
	map: { rule: 'an object from field to column, such as { "sku": "Article" }', fits: isTextMap },
	encoding: { rule: 'an encoding such as utf-8 or windows-1252', fits: isEncoding },
	currency: { rule: 'three letters, such as EUR', fits: (value) => isText(value) && /^[A-Za-z]{3}$/.test(value) },
	skuFrom: text,
	skuPrefix: {
		rule: '1 to 32 of A-Z a-z 0-9 . _ -',
		fits: (value) => isText(value) && /^[A-Za-z0-9._-]{1,32}$/.test(value),
	},
	timeoutS: { rule: 'a number from 1 to 3600', fits: isNumber(1, 3_600) },
	maxBytes: {
		rule: 'a whole number from 1 to 107374182400',
		fits: (value) => Number.isSafeInteger(value) && isNumber(1, 107_374_182_400)(value),
	},
	allowPrivate: { rule: 'true or false', fits: (value) => typeof value === 'boolean' },
	onMissing: oneOf(missingActions),
	maxMissingPercent: { rule: 'a number from 0 to 100', fits: isNumber(0, 100) },
	maxPriceChangePercent: {
		rule: 'a number above 0, at most 1000000',
		fits: (value) => isNumber(0, 1_000_000)(value) && value !== 0,
	},
}

/** All members of a feed. */
export const memberNames = [...Object.keys(plainMembers), 'url', 'headers']

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextMap(value: unknown): boolean {
	return isObject(value) && Object.values(value).every(isText)
}

function isEncoding(value: unknown): boolean {
	if (!isText(value)) return false
	try {
		new TextDecoder(value)
		return true
	} catch {
		return false
	}
}
