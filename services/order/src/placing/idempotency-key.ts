import { Problem } from '@mercat/order-api/problems'
import { valuesOf } from '../http/header-values.ts'

const bareKey = /^[\x21\x23-\x2b\x2d-\x7e]{1,255}$/
const quotedKey = /^"((?:[\x21\x23-\x5b\x5d-\x7e]|\\\\)*)"$/

/**
 * The key of an `Idempotency-Key` header, bare or as an RFC 8941 string.
 *
 * @param rawHeaders the request's headers as they came, names and values in turn: Node joins two lines
 * of this header into one value, which would pass for a key of its own
 * @throws Problem IDEMPOTENCY_KEY_REQUIRED, IDEMPOTENCY_KEY_INVALID
 */
export function readIdempotencyKey(rawHeaders: string[]): string {
	const values = valuesOf('idempotency-key', rawHeaders)
	const [value] = values
	if (value === undefined) throw new Problem('IDEMPOTENCY_KEY_REQUIRED')
	const key = quotedKey.exec(value)?.[1]?.replaceAll('\\\\', '\\') ?? value
	if (values.length > 1 || !bareKey.test(key)) throw new Problem('IDEMPOTENCY_KEY_INVALID')
	return key
}
