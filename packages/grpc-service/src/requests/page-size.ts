import { entriesOnPage, type PageSizes } from '@mercat/service/page-sizes'
import { invalidField } from '../errors/invalid-request.ts'

/** What is wrong with a `page_size`; `undefined` when nothing is. */
export function pageSizeProblem(pageSize: number): string | undefined {
	return pageSize < 0 ? 'must not be negative' : undefined
}

/**
 * How many items a page has for a `page_size`.
 *
 * @throws GeneralError INVALID_REQUEST unless the field `page_size` is valid
 */
export function readPageSize(pageSize: number, sizes?: PageSizes): number {
	const problem = pageSizeProblem(pageSize)
	if (problem !== undefined) throw invalidField('page_size', problem)
	return entriesOnPage(pageSize, sizes)
}
