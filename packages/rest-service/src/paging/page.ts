import { entriesOnPage, type PageSizes } from '@mercat/service/page-sizes'
import type { PageTokens } from '@mercat/service/page-token'
import { pageTokenProblem } from './page-token-problem.ts'

/** The page that a query asks for. */
export type RequestedPage<Cursor> = {
	/** The most entries of the page. */
	size: number
	/** The page begins after this cursor. Undefined is the first page. */
	after: Cursor | undefined
	/** The token of the page after a cursor; '' without one, because this page is the last. */
	tokenAfter(cursor: Cursor | undefined): string
}

/**
 * Reads which page a query asks for.
 *
 * @param otherArguments all that the entries depend on besides the page, to which the token is bound
 * @throws Problem INVALID_REQUEST for a page token of another query
 */
export function readPage<Cursor extends object>(
	pageTokens: PageTokens<Cursor>,
	{ pageSize, pageToken }: { pageSize: number; pageToken: string },
	otherArguments: unknown,
	sizes?: PageSizes,
): RequestedPage<Cursor> {
	const after = pageToken === '' ? undefined : pageTokens.decode(pageToken, otherArguments)
	if (pageToken !== '' && after === undefined) throw pageTokenProblem()
	return {
		size: entriesOnPage(pageSize, sizes),
		after,
		tokenAfter: (cursor) => (cursor === undefined ? '' : pageTokens.encode(cursor, otherArguments)),
	}
}

/**
 * Cuts the page out of the entries that were found.
 *
 * @param found up to one entry more than the page has, which tells that another page follows
 */
export function cutPage<Entry, Cursor>(
	found: Entry[],
	{ size, tokenAfter }: RequestedPage<Cursor>,
	cursorOf: (entry: Entry) => Cursor,
): { page: Entry[]; nextPageToken: string } {
	const page = found.slice(0, size)
	const last = found.length > size ? page.at(-1) : undefined
	return { page, nextPageToken: tokenAfter(last && cursorOf(last)) }
}
