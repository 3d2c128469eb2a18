import { catalogProblems } from './catalog-problems.ts'
import { eventProblems } from './event-problems.ts'
import { feedProblems } from './feed-problems.ts'
import { idempotencyProblems } from './idempotency-problems.ts'
import { marketProblems } from './market-problems.ts'
import { orderProblems } from './order-problems.ts'
import { requestProblems } from './request-problems.ts'
import { serverProblems } from './server-problems.ts'
import { stockProblems } from './stock-problems.ts'

const ofOrders = {
	...requestProblems,
	...idempotencyProblems,
	...orderProblems,
	...stockProblems,
	...feedProblems,
	...eventProblems,
	...catalogProblems,
	...serverProblems,
}
const ofMarket = { ...requestProblems, ...marketProblems, ...serverProblems }

/** Every problem that a client can be told. The codes are the API; the texts may change. */
export const problemTable = { ...ofOrders, ...ofMarket }

export type ProblemCode = keyof typeof problemTable

/** The problems that each service can answer. */
export const problemsOfService: Record<'order' | 'market', readonly ProblemCode[]> = {
	order: Object.keys(ofOrders) as (keyof typeof ofOrders)[],
	market: Object.keys(ofMarket) as (keyof typeof ofMarket)[],
}

/** The last part of a problem's type URI: `/problems/out-of-stock`. */
export function slugOf(code: ProblemCode): string {
	return code.toLowerCase().replaceAll('_', '-')
}
