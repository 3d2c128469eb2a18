/** The page of a list of the catalog that a query asks for. */
export type AskedPage = { pageSize: number; pageToken: string }

// The catalog would clamp a larger page size, too, but its integers are smaller than the integers of a query.
const largestPageSize = 100

export function pageOf({ pageSize, pageToken }: AskedPage): AskedPage {
	return { pageSize: Math.min(pageSize, largestPageSize), pageToken }
}
