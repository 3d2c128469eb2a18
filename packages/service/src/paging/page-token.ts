import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type PageTokens<Cursor> = {
	/** The token of the page after `cursor`. It is valid only with the same other arguments of the query. */
	encode(cursor: Cursor, otherArguments: unknown): string
	/** The cursor of a token; undefined when the token is not valid or belongs to other arguments. */
	decode(token: string, otherArguments: unknown): Cursor | undefined
}

const macBytes = 32
const longestToken = 1000

/**
 * Opaque page tokens, which callers cannot make or change (AIP-158). A token contains the cursor and a hash of the
 * other arguments, and the service signs it with its key.
 *
 * @param list the name of the list, so that no other list with this key takes its tokens. The tokens of a list without a name
 * are told apart by the other arguments only.
 */
export function createPageTokens<Cursor extends object>(key: string, list?: string): PageTokens<Cursor> {
	const sign = (payload: Buffer) => createHmac('sha256', key).update(payload).digest()
	const hashOf = (otherArguments: unknown) => hashOfAll(list === undefined ? otherArguments : { list, otherArguments })

	return {
		encode(cursor, otherArguments) {
			const payload = Buffer.from(JSON.stringify({ cursor, of: hashOf(otherArguments) }))
			return Buffer.concat([sign(payload), payload]).toString('base64url')
		},

		decode(token, otherArguments) {
			const bytes = Buffer.from(token.slice(0, longestToken), 'base64url')
			const payload = bytes.subarray(macBytes)
			// Decoding skips characters that are not base64url, so the token is also compared with its own encoding.
			const isValid =
				bytes.length > macBytes &&
				bytes.toString('base64url') === token &&
				timingSafeEqual(bytes.subarray(0, macBytes), sign(payload))
			if (!isValid) return undefined
			const { cursor, of } = JSON.parse(payload.toString())
			return of === hashOf(otherArguments) ? cursor : undefined
		},
	}
}

function hashOfAll(otherArguments: unknown): string {
	return createHash('sha256').update(JSON.stringify(otherArguments)).digest('base64url')
}
