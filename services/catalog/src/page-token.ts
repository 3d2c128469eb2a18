import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { CatalogError } from './errors.ts'

/** Where a page ended. */
export type Cursor = {
	/** Whether typos are forgiven, decided once for all pages. */
	forgiving: boolean
	sortKey: number
	sku: string
}

const macBytes = 32
const longestToken = 1000

/**
 * Page tokens that callers cannot read meaning into, make or change: they hold the cursor and a hash
 * of the other arguments, signed with a key that only this service has.
 */
export function createPageTokens(key: string) {
	const sign = (payload: Buffer) => createHmac('sha256', key).update(payload).digest()

	return {
		encode(cursor: Cursor, otherArguments: unknown): string {
			const payload = Buffer.from(JSON.stringify({ ...cursor, of: hashOf(otherArguments) }))
			return Buffer.concat([sign(payload), payload]).toString('base64url')
		},

		/** @throws CatalogError PAGE_TOKEN_INVALID when the token is not ours or was given for other arguments */
		decode(token: string, otherArguments: unknown): Cursor {
			const bytes = Buffer.from(token.slice(0, longestToken), 'base64url')
			const payload = bytes.subarray(macBytes)
			// Decoding skips what is not base64url; only the one spelling that was given out is accepted.
			const isOurs =
				bytes.length > macBytes &&
				bytes.toString('base64url') === token &&
				timingSafeEqual(bytes.subarray(0, macBytes), sign(payload))
			if (!isOurs) throw new CatalogError('PAGE_TOKEN_INVALID')
			const { of, ...cursor } = JSON.parse(payload.toString())
			if (of !== hashOf(otherArguments)) throw new CatalogError('PAGE_TOKEN_INVALID')
			return cursor
		},
	}
}

export type PageTokens = ReturnType<typeof createPageTokens>

function hashOf(otherArguments: unknown): string {
	return createHash('sha256').update(JSON.stringify(otherArguments)).digest('base64url')
}
