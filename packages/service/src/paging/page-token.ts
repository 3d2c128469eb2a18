import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type PageTokens<Cursor> = {
	/** The token of the page after `cursor`, for a query with these other arguments. */
	encode(cursor: Cursor, otherArguments: unknown): string
	/** The cursor of a token; undefined when the token is not ours or was given for other arguments. */
	decode(token: string, otherArguments: unknown): Cursor | undefined
}

const macBytes = 32
const longestToken = 1000

/**
 * Page tokens that callers cannot read meaning into, make or change (AIP-158): they hold the cursor
 * and a hash of the other arguments, signed with a key that only the service has.
 */
export function createPageTokens<Cursor extends object>(key: string): PageTokens<Cursor> {
	const sign = (payload: Buffer) => createHmac('sha256', key).update(payload).digest()

	return {
		encode(cursor, otherArguments) {
			const payload = Buffer.from(JSON.stringify({ cursor, of: hashOf(otherArguments) }))
			return Buffer.concat([sign(payload), payload]).toString('base64url')
		},

		decode(token, otherArguments) {
			const bytes = Buffer.from(token.slice(0, longestToken), 'base64url')
			const payload = bytes.subarray(macBytes)
			// Decoding skips what is not base64url; only the one spelling that was given out is accepted.
			const isOurs =
				bytes.length > macBytes &&
				bytes.toString('base64url') === token &&
				timingSafeEqual(bytes.subarray(0, macBytes), sign(payload))
			if (!isOurs) return undefined
			const { cursor, of } = JSON.parse(payload.toString())
			return of === hashOf(otherArguments) ? cursor : undefined
		},
	}
}

function hashOf(otherArguments: unknown): string {
	return createHash('sha256').update(JSON.stringify(otherArguments)).digest('base64url')
}
