/** A member of an object in a settings file: the rule that completes the message "MEMBER must be …", and its check. */
export type SettingMember = { rule: string; fits(value: unknown): boolean }

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isNumber = (from: number, to: number) => (value: unknown) =>
	typeof value === 'number' && value >= from && value <= to

export const oneOf = (values: readonly string[]): SettingMember => ({
	rule: `one of ${values.join(', ')}`,
	fits: (value) => values.includes(value as string),
})

export const yesOrNo: SettingMember = { rule: 'true or false', fits: (value) => typeof value === 'boolean' }

export const number = (from: number, to: number): SettingMember => ({
	rule: `a number from ${from} to ${to}`,
	fits: isNumber(from, to),
})

export const numberAbove0 = (to: number): SettingMember => ({
	rule: `a number above 0, at most ${to}`,
	fits: (value) => isNumber(0, to)(value) && value !== 0,
})

export const wholeNumber = (from: number, to: number): SettingMember => ({
	rule: `a whole number from ${from} to ${to}`,
	fits: (value) => Number.isSafeInteger(value) && isNumber(from, to)(value),
})

/** The sentences about members that are not known, about a missing name, and about values that do not fit their rule. */
export function memberFaults(
	value: Record<string, unknown>,
	members: Record<string, SettingMember>,
	{ of, others = [] }: { /** What has the members, such as "a feed". */ of: string; others?: readonly string[] },
): string[] {
	const names = [...Object.keys(members), ...others]
	const unknown = Object.keys(value)
		.filter((name) => !names.includes(name))
		.map((name) => `${name} is not known; the members of ${of} are ${names.join(', ')}`)
	const wrong = Object.entries(members)
		.filter(([name, { fits }]) => value[name] !== undefined && !fits(value[name]))
		.map(([name, { rule }]) => `${name} must be ${rule}`)
	const missing = members['name'] !== undefined && value['name'] === undefined ? ['name is required'] : []
	return [...unknown, ...missing, ...wrong]
}

/** The names that several elements of a list have, given the name of each; an empty one is none. */
export function repeatedNames(names: readonly string[]): Set<string> {
	const given = names.filter((name) => name !== '')
	return new Set(given.filter((name, index) => given.indexOf(name) !== index))
}

/** The name that an element of a list gives, or an empty text. */
export function nameOf(element: unknown): string {
	return isObject(element) && typeof element['name'] === 'string' ? element['name'] : ''
}
