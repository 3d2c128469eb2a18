import { createReadLimit } from '@mercat/event-log/read-limit'
import type { Explanation } from '@mercat/order-api/explanation-schemas'
import { Problem } from '@mercat/rest-api/problem'
import { type Budget, createBudget } from '@mercat/service/budget'
import { isOfEarlierCatalog } from '../catalog/failures/earlier-catalog.ts'
import { toOrderView } from '../order/order-view.ts'
import type { OrderRecord } from '../record/order-record.ts'
import { type KeptRequest, keptMs } from '../refusals/kept-request.ts'
import { listEvidence } from './evidence.ts'
import { type Facts, mostOrderless, type Question, type ReservationFact } from './facts.ts'
import { type FoundTrace, type SearchTraceNeeds, searchTrace } from './search-trace.ts'
import { tellingOf } from './telling-request.ts'
import { decide } from './verdict.ts'

export type ExplainNeeds = SearchTraceNeeds & {
	/** What the order database has about an order; undefined when there is no such order. */
	findRecord(orderId: string, budget: Budget): Promise<OrderRecord | undefined>
	/** Writes the records that wait in this process. */
	flush(): Promise<void>
	/** How many requests to place an order of the last `keptMs` are kept without their order. Counts up to `most`. */
	countOrderless(keptMs: number, most: number, budget: Budget): Promise<number>
	/** The newest records of an order, the newest first: up to `limit` to place it and up to `limit` to change it. */
	findOfOrder(orderId: string, limit: number, budget: Budget): Promise<KeptRequest[]>
	/** The newest records of a trace, the newest first. */
	findOfTrace(traceId: string, limit: number, budget: Budget): Promise<KeptRequest[]>
	/** How many requests of the last `keptMs` are not kept. */
	countLost(keptMs: number, budget: Budget): Promise<number>
	/** What the catalog keeps for an order; undefined when it keeps nothing. */
	getReservation(orderId: string, budget: Budget): Promise<ReservationFact | undefined>
}

const mostKeptShown = 50
// A search looks at thousands of changes and keeps a connection of the database busy.
const mostSearches = 2
// A catalog that hangs takes no more of the time.
const reservationShare = 0.5

/** Explains what became of an order or of a request. */
export function explain(needs: ExplainNeeds) {
	const inTurn = createReadLimit({ most: mostSearches })

	return async (question: Question, budget: Budget): Promise<Explanation> => {
		// A person asks right after the answer.
		await needs.flush()
		const facts = await collectFacts(question, budget)
		return {
			...decide(facts),
			orderId: facts.orderId ?? null,
			order: facts.record === undefined ? null : toOrderView(facts.record.order),
			evidence: listEvidence(facts),
		}
	}

	async function collectFacts(question: Question, budget: Budget): Promise<Facts> {
		const [facts, notKept, orderless] = await Promise.all([
			collectOthers(question, budget),
			needs.countLost(keptMs, budget),
			needs.countOrderless(keptMs, mostOrderless, budget),
		])
		return { ...facts, notKept, orderless }
	}

	async function collectOthers(question: Question, budget: Budget): Promise<Omit<Facts, 'notKept' | 'orderless'>> {
		const [newest, found] = await Promise.all([
			question.by === 'trace'
				? needs.findOfTrace(question.traceId, mostKeptShown, budget)
				: needs.findOfOrder(question.orderId, mostKeptShown, budget),
			question.by === 'trace' ? inTurn(() => searchTrace(needs, question.traceId, budget)) : undefined,
		])
		const orderIds = question.by === 'trace' ? ordersOf(newest, found) : [question.orderId]
		const [orderId, ...otherOrderIds] = orderIds
		const [record, reservation] = await Promise.all([
			orderId === undefined ? undefined : needs.findRecord(orderId, budget),
			orderId === undefined ? null : reservationOf(orderId, budget),
		])
		return {
			question,
			now: new Date().toISOString(),
			orderId,
			record,
			kept: newest.toReversed(),
			hasMoreKept: newest.length >= mostKeptShown,
			reservation,
			search: found?.search,
			otherOrderIds,
		}
	}

	/** The reservation, or why it is not known. An explanation without it is better than none. */
	async function reservationOf(orderId: string, budget: Budget): Promise<Facts['reservation']> {
		const { signal, trace } = budget
		const limited = createBudget(budget.remainingMs() * reservationShare, { signal, trace })
		try {
			return (await needs.getReservation(orderId, limited)) ?? null
		} catch (error) {
			if (isOfEarlierCatalog(error)) return 'notSupported'
			return error instanceof Problem && error.code === 'CATALOG_ERROR' ? 'invalid' : 'unanswered'
		}
	}
}

/** The orders of a trace: those that it has changed first, then that of its telling request. */
function ordersOf(newest: KeptRequest[], found: FoundTrace | undefined): string[] {
	const telling = tellingOf(newest.toReversed())
	const asked = [...(telling === undefined ? [] : [telling]), ...newest].flatMap(({ orderId }) =>
		orderId === null ? [] : [orderId],
	)
	return [...new Set([...(found?.orderIds ?? []), ...asked])]
}
