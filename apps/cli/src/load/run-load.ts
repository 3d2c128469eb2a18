import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { CommandError } from '../command/command-error.ts'
import { createFollowOrder } from './orders/follow-order.ts'
import { planOf } from './orders/order-plan.ts'
import { createPlaceLoadedOrder } from './orders/place-loaded-order.ts'
import { createShelf } from './orders/shelf.ts'
import { createStockClerk } from './orders/stock-clerk.ts'
import type { Callers } from './sending/callers.ts'
import { type Answer, connectionCount, type LoadClient } from './sending/load-client.ts'
import { lateMs, type Tally } from './sending/load-counts.ts'
import { keepRate } from './sending/open-loop.ts'
import { createSchedule } from './sending/schedule.ts'

export type LoadNeeds = {
	client: LoadClient
	customers: Callers
	staff: Callers
	tally: Tally
	/** Tells a person something that has changed. */
	note(text: string): void
	/** Milliseconds from any moment. */
	now(): number
}

export type LoadOptions = { ratePerSecond: number; forMs: number; signal: AbortSignal }

const shelfEveryMs = 5_000
const shelfRetryMs = 500

/**
 * Places orders at a steady rate and leads them to their fates, until the time is over or the signal comes. Resolves to
 * the number of orders that were due and not sent. Requests may still be under way then.
 *
 * @throws CommandError when the service refuses the token of customers
 */
export async function runLoad(needs: LoadNeeds, options: LoadOptions): Promise<{ unsent: number }> {
	const { client, customers, staff, tally, note, now } = needs
	const ending = new AbortController()
	const signal = AbortSignal.any([options.signal, ending.signal])
	let refusal: CommandError | undefined

	let isSilent = false
	const heard = (answer: Answer): void => {
		const isTokenRefused = answer.kind === 'refused' && (answer.status === 401 || answer.status === 403)
		if (isTokenRefused && refusal === undefined) {
			refusal = new CommandError(`the order service refuses the token: ${answer.code}: ${answer.detail}`)
			ending.abort()
		}
		const isNews = (answer.kind === 'failed') !== isSilent && !signal.aborted
		if (!isNews) return
		isSilent = answer.kind === 'failed'
		note(
			answer.kind === 'failed'
				? `the order service does not answer: ${answer.reason}; trying on`
				: 'the order service answers again',
		)
	}

	const schedule = createSchedule(now)
	const shelf = createShelf()
	const follow = createFollowOrder({ client, customers, staff, tally, schedule, note })
	const place = createPlaceLoadedOrder({ client, customers, shelf, tally, schedule, now, follow, heard })
	const clerk = staff.next()
	if (clerk === undefined) throw new TypeError('a load needs a member of staff')
	const stockClerk = { client, staff: clerk, shelf, tally, note, heard, ratePerSecond: options.ratePerSecond }
	const fillShelf = createStockClerk(stockClerk)

	const keepShelf = async () => {
		while (!signal.aborted) {
			await fillShelf()
			await sleep(shelf.inStock() === 0 ? shelfRetryMs : shelfEveryMs, undefined, { signal }).catch(() => {})
		}
	}
	// A service that does not answer must not keep the load from its end.
	await Promise.race([fillShelf(), once(signal, 'abort')])
	void keepShelf()

	const send = (dueAt: number): boolean => {
		const customer = client.underWay() < connectionCount ? customers.next() : undefined
		if (customer === undefined) return false
		if (now() - dueAt > lateMs) tally.counts.late++
		void place(planOf(tally.counts.due++), customer, dueAt)
		return true
	}
	const ended = await keepRate({ send, tick: schedule.runDue, now }, { ...options, signal })
	ending.abort()
	if (refusal !== undefined) throw refusal
	return ended
}
