import { Problem, parameterPlace } from '@mercat/rest-api/problem'

// The databases take no year 0 and no year 10000, which a time zone can make of a valid time.
const earliestMs = 0
const latestMs = Date.UTC(9999, 11, 31)

/**
 * The time of a parameter whose schema has the format `date-time`.
 *
 * @throws Problem INVALID_REQUEST for a leap second, which the format permits and a Date cannot have
 */
export function readTime(parameter: string, text: string | undefined): Date | undefined {
	if (text === undefined) return undefined
	const time = Date.parse(text)
	if (Number.isNaN(time)) throw invalidTime(parameter, 'must be a time in RFC 3339 without a leap second')
	return new Date(Math.min(Math.max(time, earliestMs), latestMs))
}

export function invalidTime(parameter: string, detail: string): Problem {
	return new Problem('INVALID_REQUEST', { errors: [{ ...parameterPlace(parameter), code: 'time', detail }] })
}
