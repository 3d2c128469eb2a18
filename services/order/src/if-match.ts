import { Problem } from './problems.ts'

/**
 * The version that an `If-Match` header names (RFC 9110, section 13.1.1); undefined when there is none, or `*`.
 *
 * @throws Problem PRECONDITION_FAILED when it names something that no order ever had
 */
export function readIfMatch(header: string | undefined): number | undefined {
	if (header === undefined || header === '*') return undefined
	const version = /^"([1-9]\d{0,14})"$/.exec(header)?.[1]
	if (version === undefined) throw new Problem('PRECONDITION_FAILED')
	return Number(version)
}
