import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { PageTokens } from '@mercat/service/page-token'
import { CatalogError } from '../../errors/catalog-error.ts'
import type { Place } from './place.ts'
import { settledThrough } from './state-place.ts'
import type { WatchFilter } from './watch-filter.ts'

/** The place in a resume token. Its names are short because each message has one. */
export type ResumeCursor = {
	/** The id of the log. */
	l: string
	/** The position of the last entry of which anything is told, and its identity. */
	p: number
	x?: string
	t?: number
	/** How many of its changes are told. Missing when all are. */
	n?: number
	/** `stockAt` */
	s: number
	/** The initial state is told up to this sku. */
	c?: string
	/** `quantitiesTo` */
	q?: string
}

export type ResumeTokens = {
	encode(filter: WatchFilter, place: Place, logId: string): string
	/**
	 * The place of a token. The entry before an entry that is told in part is not known: `identity` is missing then.
	 *
	 * @throws GeneralError INVALID_REQUEST for a token that this catalog has not made for the filter; CatalogError RESUME_TOKEN_EXPIRED
	 * for one of another log
	 */
	decode(filter: WatchFilter, token: string, logId: string): Place
}

/** Tokens with which a stream goes on at any replica. They are signed as page tokens are. */
export function createResumeTokens(tokens: PageTokens<ResumeCursor>): ResumeTokens {
	return {
		encode: (filter, place, logId) => tokens.encode(toCursor(place, logId), filter.hash),
		decode(filter, token, logId) {
			const cursor = tokens.decode(token, filter.hash)
			if (cursor === undefined)
				throw invalidField('resume_token', 'must be of a stream of this catalog with the same filter')
			if (cursor.l !== logId) throw new CatalogError('RESUME_TOKEN_EXPIRED')
			return toPlace(cursor)
		},
	}
}

function toCursor(
	{ position, identity, told, partOf, stockAt, state, quantitiesTo }: Place,
	logId: string,
): ResumeCursor {
	const entry = told === 0 ? identity : partOf
	return {
		l: logId,
		p: told === 0 ? position : position + 1,
		...(entry !== undefined && { x: entry.xid, t: entry.atUs }),
		...(told > 0 && { n: told }),
		s: stockAt,
		...(state !== undefined && { c: settledThrough(state) }),
		...(quantitiesTo !== undefined && { q: quantitiesTo }),
	}
}

function toPlace({ p, x, t, n = 0, s, c, q }: ResumeCursor): Place {
	const entry = x === undefined || t === undefined ? undefined : { xid: x, atUs: t }
	return {
		...(n === 0 ? { position: p, identity: entry, told: 0 } : { position: p - 1, told: n, partOf: entry }),
		stockAt: s,
		state: c === undefined ? undefined : { through: c, chunks: [] },
		quantitiesTo: q,
	}
}
