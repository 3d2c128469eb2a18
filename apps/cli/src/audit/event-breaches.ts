import type { Breach } from '@mercat/order/audit'
import type { EventAuditStore } from '@mercat/order/event-audit'
import { persisting, type Rereading } from './persisting.ts'

const eventsAtOnce = 2_000

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
