import type { Caller, Callers } from '../sending/callers.ts'
import { type Answer, failureName, type LoadClient } from '../sending/load-client.ts'
import type { Tally } from '../sending/load-counts.ts'
import type { Schedule } from '../sending/schedule.ts'
import type { Fate, OrderPlan } from './order-plan.ts'

export type FollowNeeds = {
	client: Pick<LoadClient, 'send'>
	customers: Pick<Callers, 'rest' | 'isResting'>
	staff: Callers
	tally: Tally
	schedule: Schedule
	/** Tells a person something once. */
	note(text: string): void
	random?: () => number
}

type Step = { action: 'pay' | 'ship' | 'deliver' | 'cancel'; state: string; least: number; most: number }

// The seconds after the step before it. They are short, so that there is something to see within a minute.
const pay: Step = { action: 'pay', state: 'paid', least: 0.5, most: 3 }
const ship: Step = { action: 'ship', state: 'shipped', least: 2, most: 6 }
const deliver: Step = { action: 'deliver', state: 'delivered', least: 3, most: 8 }
const cancel: Step = { action: 'cancel', state: 'cancelled', least: 1, most: 4 }

const stepsOf: Record<Fate, Step[]> = {
	unpaid: [],
	cancelledUnpaid: [cancel],
	cancelledPaid: [pay, cancel],
	paid: [pay],
	shipped: [pay, ship],
	delivered: [pay, ship, deliver],
}

const mostAttempts = 3
const restMs = 1_000

/** An order that was placed, and the steps that it still has before it. */
type Followed = { id: string; customer: Caller; steps: Step[]; attempt: number }

/** Returns a function that leads an order to its fate, one step after the other. A step that is refused is the last one. */
export function createFollowOrder(needs: FollowNeeds) {
	const { client, customers, staff, tally, schedule, note, random = Math.random } = needs
	const forbidden = new Set<string>()

	return (id: string, customer: Caller, { fate }: OrderPlan): void => {
		wait({ id, customer, steps: stepsOf[fate], attempt: 1 })
	}

	function wait(order: Followed, ms?: number): void {
		const [step] = order.steps
		if (step === undefined || forbidden.has(step.action)) return
		const { least, most } = step
		schedule.after(ms ?? 1_000 * (least + (most - least) * random()), () => void take(order, step))
	}

	async function take(order: Followed, step: Step): Promise<void> {
		const { id, customer } = order
		const isCancel = step.action === 'cancel'
		const caller = isCancel ? customer : staff.next()
		if (caller === undefined || customers.isResting(caller)) return wait(order, restMs)
		const answer = await client.send({
			method: 'POST',
			path: `/v1/orders/${id}/${step.action}`,
			caller,
			body: isCancel ? { reason: 'changed my mind' } : { reference: `${step.action}-${id.slice(0, 8)}` },
		})
		switch (answer.kind) {
			case 'done':
				tally.count('became', step.state)
				return wait({ ...order, steps: order.steps.slice(1), attempt: 1 })
			case 'refused':
				if (answer.status === 429) (isCancel ? customers : staff).rest(caller, answer.retryAfterMs ?? restMs)
				return refused(order, step, answer)
			case 'failed':
				tally.count('errors', failureName(answer))
		}
	}

	function refused(order: Followed, { action }: Step, answer: Answer & { kind: 'refused' }): void {
		if (answer.status === 403) {
			if (!forbidden.has(action)) note(`the token may not ${action} orders (${answer.code}): they stay as they are`)
			forbidden.add(action)
		} else if (answer.retryAfterMs !== undefined && order.attempt < mostAttempts) {
			wait({ ...order, attempt: order.attempt + 1 }, answer.retryAfterMs)
		} else tally.count('errors', `${action}: ${answer.code}`)
	}
}
