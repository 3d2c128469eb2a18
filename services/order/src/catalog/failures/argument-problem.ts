import type { ErrorDetails } from '@mercat/catalog-api/errors'
import { type ErrorPlace, Problem } from '@mercat/rest-api/problem'
import { pageTokenProblem } from '@mercat/rest-service/page-token-problem'

/**
 * The problem for an error of the catalog about an argument that the client has chosen; undefined for any other error.
 *
 * @param placeOf the place in the client's request for a field of the catalog's message
 */
export function argumentProblem(
	{ reason, fieldViolations = [] }: ErrorDetails,
	placeOf: (field: string) => ErrorPlace,
): Problem | undefined {
	switch (reason) {
		case 'PRODUCT_NOT_FOUND':
			return new Problem('PRODUCT_NOT_FOUND')
		case 'PAGE_TOKEN_INVALID':
			return pageTokenProblem()
		case 'INVALID_REQUEST':
			return new Problem('INVALID_REQUEST', {
				errors: fieldViolations.map(({ field, description }) => ({
					...placeOf(field),
					code: 'invalid',
					detail: description,
				})),
			})
	}
	return undefined
}
