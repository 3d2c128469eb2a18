import { isSource, sourceRule } from '@mercat/catalog-api/identifiers'
import {
	isObject,
	isText,
	number,
	numberAbove0,
	oneOf,
	type SettingMember,
	wholeNumber,
	yesOrNo,
} from '@mercat/service/setting-member'
import { missingActions } from './feed-settings.ts'

const text: SettingMember = { rule: 'a text', fits: isText }

/** The members of a feed whose values can be checked alone. */
export const plainMembers: Record<string, SettingMember> = {
	name: { rule: sourceRule, fits: isSource },
	format: oneOf(['mercat', 'shopify', 'woocommerce', 'google']),
	map: { rule: 'an object from field to column, such as { "sku": "Article" }', fits: isTextMap },
	encoding: { rule: 'an encoding such as utf-8 or windows-1252', fits: isEncoding },
	currency: { rule: 'three letters, such as EUR', fits: (value) => isText(value) && /^[A-Za-z]{3}$/.test(value) },
	skuFrom: text,
	skuPrefix: {
		rule: '1 to 32 of A-Z a-z 0-9 . _ -',
		fits: (value) => isText(value) && /^[A-Za-z0-9._-]{1,32}$/.test(value),
	},
	timeoutS: number(1, 3_600),
	maxBytes: wholeNumber(1, 107_374_182_400),
	allowPrivate: yesOrNo,
	onMissing: oneOf(missingActions),
	maxMissingPercent: number(0, 100),
	maxPriceChangePercent: numberAbove0(1_000_000),
}

/** The members of a feed that need more than a look at their values. */
export const otherMembers = ['url', 'headers']

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
