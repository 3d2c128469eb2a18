/** How many entries a page has: without a size in the request, and at most. */
export type PageSizes = { usual: number; largest: number }

export const usualPages: PageSizes = { usual: 20, largest: 100 }

/** Of lists that are mostly read whole, such as the bars of a chart. */
export const longPages: PageSizes = { usual: 100, largest: 500 }

/** How many entries a page has for the size in a request, which is 0 when the request gives none. */
export function entriesOnPage(pageSize: number, { usual, largest }: PageSizes = usualPages): number {
	return Math.min(pageSize || usual, largest)
}
