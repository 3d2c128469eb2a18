import type { PageSizes } from '@mercat/service/page-sizes'
import type { PageTokens } from '@mercat/service/page-token'
import { GeneralError } from '../errors/general-error.ts'
import { readPageSize } from './page-size.ts'

export type PageRequest = { pageSize: number; pageToken: string }

export type OpenPageOptions<Cursor> = {
	pageTokens: PageTokens<Cursor>
	/** The list and the arguments that the tokens of its pages belong to. */
	of: unknown
	/** 20 and at most 100 unless given. */
	sizes?: PageSizes
}

/**
 * Reads which page a request asks for.
 *
 * @throws GeneralError INVALID_REQUEST, PAGE_TOKEN_INVALID
 */
export function openPage<Cursor extends object>(
	{ pageSize, pageToken }: PageRequest,
	{ pageTokens, of, sizes }: OpenPageOptions<Cursor>,
) {
	const size = readPageSize(pageSize, sizes)
	const after = pageToken === '' ? undefined : pageTokens.decode(pageToken, of)
	if (pageToken !== '' && after === undefined) throw new GeneralError('PAGE_TOKEN_INVALID')
	/** The token of the page after a cursor; '' without one, because this page is the last. */
	const tokenAfter = (cursor: Cursor | undefined) => (cursor === undefined ? '' : pageTokens.encode(cursor, of))
	return {
		/** Where the page before ended; undefined begins at the first item. */
		after,
		/** The most items of the page. */
		size,
		/** How many items to read: one more than the page has tells whether another page follows. */
		readSize: size + 1,
		/** The items of the page among those that were read, and the token of the next page. */
		cut<Item>(found: readonly Item[], cursorOf: (last: Item) => Cursor) {
			const items = found.slice(0, size)
			const last = found.length > size ? items.at(-1) : undefined
			return { items, nextPageToken: tokenAfter(last === undefined ? undefined : cursorOf(last)) }
		},
		tokenAfter,
	}
}
