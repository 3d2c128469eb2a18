/**
 * The pages of a list, one after the other: `pagesOf((pageToken) => listOrders({ client, query: { pageToken } }))`. A page may be
 * empty and is not the last one for that.
 */
export async function* pagesOf<Page extends { nextPageToken: string }>(
	list: (pageToken: string | undefined) => Promise<{ data: Page }>,
): AsyncGenerator<Page, void, undefined> {
	let pageToken: string | undefined
	do {
		const { data } = await list(pageToken)
		yield data
		pageToken = data.nextPageToken
	} while (pageToken !== '')
}
