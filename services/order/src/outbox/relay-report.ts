import { traceIdOfTraceparent } from '../order/order-trace.ts'
import type { ClaimedMessage, Settlement } from './outbox-message.ts'
import { printableUrl } from './printable-url.ts'

export type RelayReportNeeds = {
	log: {
		info(facts: object, text: string): void
		warn(facts: object, text: string): void
		error(facts: object, text: string): void
	}
}

// More are not remembered, so that an outage does not fill the memory.
const mostRemembered = 1_000
// A message that fails again does so soon after its delay. Otherwise another process or an operator has settled it.
const graceMs = 120_000

/**
 * Returns a function that logs what became of the batches of one destination: when a message fails and none failed before,
 * when all that had failed are delivered, and each message that is given up. Nothing in between is logged, so an outage of
 * hours is two lines, and so is a message that fails for hours among others that are delivered.
 */
export function createRelayReport(destination: string, { log }: RelayReportNeeds) {
	const place = printableUrl(destination)
	// The messages that fail, with the time until which they are remembered.
	const failing = new Map<number, number>()

	function forgetSettled(): void {
		const now = performance.now()
		for (const [id, until] of failing) if (until < now) failing.delete(id)
	}

	return (messages: ClaimedMessage[], settlements: Settlement[]): void => {
		const messageById = new Map(messages.map((message) => [message.id, message]))
		let hasRecovered = false
		forgetSettled()
		for (const settlement of settlements) {
			const { id, outcome } = settlement
			const { orderId, version, traceparent } = messageById.get(id) ?? {}
			switch (outcome) {
				case 'delivered':
					if (failing.delete(id)) hasRecovered = true
					break
				case 'retry':
					if (failing.size === 0 && !hasRecovered) {
						const facts = { destination: place, message: id, error: settlement.error }
						log.warn(facts, 'a message could not be delivered; it is tried again')
					}
					if (failing.size < mostRemembered || failing.has(id))
						failing.set(id, performance.now() + settlement.delayMs + graceMs)
					break
				case 'dead': {
					failing.delete(id)
					const traceId = traceIdOfTraceparent(traceparent)
					const facts = { destination: place, message: id, orderId, version, traceId, error: settlement.error }
					log.error(facts, 'a message is dead; `mercat outbox redrive` sends it again')
				}
			}
		}
		if (hasRecovered && failing.size === 0) log.info({ destination: place }, 'messages are delivered again')
	}
}
