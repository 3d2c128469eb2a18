import { Problem, parameterPlace } from '@mercat/rest-api/problem'

/** The problem for a page token that is made up or belongs to another query. */
export function pageTokenProblem(): Problem {
	return new Problem('INVALID_REQUEST', {
		errors: [{ ...parameterPlace('pageToken'), code: 'pageToken', detail: 'must belong to this query' }],
	})
}
