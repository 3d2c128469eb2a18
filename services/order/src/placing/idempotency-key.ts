import { Problem } from '@mercat/rest-api/problem'

const bareKey = /^[\x21\x23-\x2b\x2d-\x7e]{1,255}$/
const quotedKey = /^"((?:[\x21\x23-\x5b\x5d-\x7e]|\\\\)*)"$/

/**
 * The idempotency key of a request, which is sent bare or as an RFC 8941 string.
 *
 * @param values the value of each `Idempotency-Key` line of the request. Node's own headers join two lines into one
 * value, which would pass for a key.
 * @throws Problem IDEMPOTENCY_KEY_REQUIRED, IDEMPOTENCY_KEY_INVALID
 */
export function readIdempotencyKey(values: readonly string[]): string {
	const [value] = values
	if (value === undefined) throw new Problem('IDEMPOTENCY_KEY_REQUIRED')
	const key = quotedKey.exec(value)?.[1]?.replaceAll('\\\\', '\\') ?? value
	if (values.length > 1 || !bareKey.test(key)) throw new Problem('IDEMPOTENCY_KEY_INVALID')
	return key
}
