import { randomUUID } from 'node:crypto'
import type { OrderRequest } from '@mercat/order-api/order-request'
import type { Caller, Callers } from '../sending/callers.ts'
import { type Answer, failureName, type LoadClient } from '../sending/load-client.ts'
import type { Tally } from '../sending/load-counts.ts'
import type { Schedule } from '../sending/schedule.ts'
import { orderBody } from './order-body.ts'
import type { OrderPlan } from './order-plan.ts'
import type { Shelf } from './shelf.ts'

export type PlaceNeeds = {
	client: Pick<LoadClient, 'send'>
	customers: Callers
	shelf: Shelf
	tally: Tally
	schedule: Schedule
	now(): number
	/** Sees to what becomes of an order that was placed. */
	follow(id: string, customer: Caller, plan: OrderPlan): void
	/** Told of a request without an answer, and of the next answer. */
	heard(answer: Answer): void
}

/** Sends the order of a plan for a customer. Resolves when it is answered. */
export type PlaceLoadedOrder = (plan: OrderPlan, customer: Caller, dueAt: number) => Promise<void>

export function createPlaceLoadedOrder({
	client,
	customers,
	shelf,
	tally,
	schedule,
	now,
	follow,
	heard,
}: PlaceNeeds): PlaceLoadedOrder {
	const { counts } = tally
	/** The last order that was placed, whose key is used again on purpose. */
	let last: { customer: Caller; key: string } | undefined

	return async (plan, customer, dueAt) => {
		const body = orderBody(plan.request, shelf, `basket-${randomUUID().slice(0, 8)}`)
		if (body === undefined) {
			counts.withoutProduct++
			return
		}
		const own = { customer, key: randomUUID() }
		const order = { ...(plan.request === 'reusedKey' ? (last ?? own) : own), body }
		if (await send(order, dueAt, plan)) counts.sent++
	}

	/** Resolves to whether the order went to a server. */
	async function send(order: LoadedOrder, dueAt: number, plan: OrderPlan): Promise<boolean> {
		const answer = await ask(order)
		if (answer.kind !== 'failed') tally.answered(now() - dueAt)
		switch (answer.kind) {
			case 'done':
				await placed(order, answer, plan)
				return true
			case 'refused':
				refused(order, answer, plan)
				return true
			case 'failed':
				tally.count('errors', failureName(answer))
				return answer.wasSent
		}
	}

	async function ask({ customer, key, body }: LoadedOrder): Promise<Answer> {
		const answer = await client.send({
			method: 'POST',
			path: '/v1/orders',
			caller: customer,
			idempotencyKey: key,
			body,
		})
		heard(answer)
		return answer
	}

	async function placed(order: LoadedOrder, answer: Answer & { kind: 'done' }, plan: OrderPlan): Promise<void> {
		if (answer.isReplay) {
			counts.replayed++
			return
		}
		counts.placed++
		last = order
		follow((answer.body as { id: string }).id, order.customer, plan)
		if (plan.request === 'repeated') await send(order, now(), plan)
	}

	function refused(order: LoadedOrder, answer: Answer & { kind: 'refused' }, plan: OrderPlan): void {
		tally.count(answer.status < 500 ? 'refused' : 'errors', answer.code)
		// Another customer may order meanwhile. The same order is sent again when its own customer may.
		if (answer.status === 429) {
			const restMs = answer.retryAfterMs ?? 1_000
			customers.rest(order.customer, restMs)
			schedule.after(restMs, () => void send(order, now(), plan))
		}
		if (answer.code === 'OUT_OF_STOCK' && plan.request !== 'soldOut') shelf.ranOut(answer.skus)
	}
}

type LoadedOrder = { customer: Caller; key: string; body: OrderRequest }
