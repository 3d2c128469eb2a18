import { setTimeout as sleep } from 'node:timers/promises'
import type { Breach } from '@mercat/order/audit'
import type { EventAuditStore } from '@mercat/order/event-audit'

const eventsAtOnce = 2_000

/** The readings of a suspect before it is a breach, because services may work meanwhile. */
export type Rereading = { rereads: number; rereadMs: number }

/** The breaches of invariant 7 that are not those of one order: events without an order, and deliveries of webhooks. */
export async function eventBreaches(
	events: EventAuditStore,
	servicesRun: boolean,
	rereading: Rereading,
): Promise<Breach[]> {
	const breaches = await persisting(events.checkCursors, rereading)
	breaches.push(...(await persisting(() => events.checkDeliveries(servicesRun), rereading)))
	for (let position: number | null = 0; position !== null; ) {
		const after: number = position
		const checked = await events.checkLog(after, eventsAtOnce)
		if (checked.breaches.length > 0) {
			const read = async () => (await events.checkLog(after, eventsAtOnce)).breaches
			breaches.push(...(await persisting(read, rereading)))
		}
		position = checked.last
	}
	return breaches
}

/** The breaches that all of several readings find. */
async function persisting(read: () => Promise<Breach[]>, { rereads, rereadMs }: Rereading): Promise<Breach[]> {
	let found = await read()
	for (let reading = 0; reading < rereads && found.length > 0; reading++) {
		await sleep(rereadMs)
		const again = new Set((await read()).map(nameOf))
		found = found.filter((breach) => again.has(nameOf(breach)))
	}
	return found
}

const nameOf = ({ subject, finding }: Breach) => `${subject}: ${finding}`
