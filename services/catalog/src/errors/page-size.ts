import { invalidField } from './catalog-error.ts'

const usualPageSize = 20
const largestPageSize = 100

/** What is wrong with a `page_size`; `undefined` when nothing is. */
export function pageSizeProblem(pageSize: number): string | undefined {
	return pageSize < 0 ? 'must not be negative' : undefined
}

/** How many items a page has for a `page_size` that is valid. */
export function itemsOnPage(pageSize: number): number {
	return Math.min(pageSize || usualPageSize, largestPageSize)
}

/** @throws CatalogError INVALID_REQUEST unless the field `page_size` is valid */
export function readPageSize(pageSize: number): number {
	const problem = pageSizeProblem(pageSize)
	if (problem !== undefined) throw invalidField('page_size', problem)
	return itemsOnPage(pageSize)
}
