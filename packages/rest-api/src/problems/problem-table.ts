import { eventProblems } from './event-problems.ts'
import { feedProblems } from './feed-problems.ts'
import { orderProblems } from './order-problems.ts'
import { requestProblems } from './request-problems.ts'
import { serverProblems } from './server-problems.ts'
import { stockProblems } from './stock-problems.ts'

/** Every problem that a client can be told. The codes are the API; the texts may change. */
export const problemTable = {
	...requestProblems,
	...orderProblems,
	...stockProblems,
	...feedProblems,
	...eventProblems,
	...serverProblems,
}

export type ProblemCode = keyof typeof problemTable

/** The last part of a problem's type URI: `/problems/out-of-stock`. */
export function slugOf(code: ProblemCode): string {
	return code.toLowerCase().replaceAll('_', '-')
}
