import { eventProblems } from './event-problems.ts'
import { feedProblems } from './feed-problems.ts'
import { marketProblems } from './market-problems.ts'
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
	...marketProblems,
	...serverProblems,
}

export type ProblemCode = keyof typeof problemTable

const notOfOrders = new Set(Object.keys(marketProblems))
const notOfMarket = new Set(Object.keys({ ...orderProblems, ...stockProblems, ...feedProblems, ...eventProblems }))
const codes = Object.keys(problemTable) as ProblemCode[]

/** The problems that each service can answer. */
export const problemsOfService: Record<'order' | 'market', readonly ProblemCode[]> = {
	order: codes.filter((code) => !notOfOrders.has(code)),
	market: codes.filter((code) => !notOfMarket.has(code)),
}

/** The last part of a problem's type URI: `/problems/out-of-stock`. */
export function slugOf(code: ProblemCode): string {
	return code.toLowerCase().replaceAll('_', '-')
}
