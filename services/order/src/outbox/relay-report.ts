import { traceIdOfTraceparent } from '../order/order-trace.ts'
import type { ClaimedMessage, Settlement } from './outbox-message.ts'

export type RelayReportNeeds = {
	log: {
		info(facts: object, text: string): void
		warn(facts: object, text: string): void
		error(facts: object, text: string): void
	}
}

/**
 * Returns a function that logs what became of the batches of one destination: when it begins to fail, when it delivers again,
 * and each message that is given up. Attempts in between are not logged, so an outage of hours is two lines.
 */
export function createRelayReport(destination: string, { log }: RelayReportNeeds) {
	const place = printable(destination)
	let isFailing = false

	return (messages: ClaimedMessage[], settlements: Settlement[]): void => {
		const messageById = new Map(messages.map((message) => [message.id, message]))
		let failure: { id: number; error: string } | undefined
		let hasDelivered = false
		for (const settlement of settlements) {
			const { id, outcome } = settlement
			const { orderId, version, traceparent } = messageById.get(id) ?? {}
			switch (outcome) {
				case 'delivered':
					hasDelivered = true
					break
				case 'retry':
					failure ??= settlement
					break
				case 'dead': {
					const traceId = traceIdOfTraceparent(traceparent)
					const facts = { destination: place, message: id, orderId, version, traceId, error: settlement.error }
					log.error(facts, 'a message is dead; `mercat outbox redrive` sends it again')
				}
			}
		}
		if (failure !== undefined && !isFailing) {
			const facts = { destination: place, message: failure.id, error: failure.error }
			log.warn(facts, 'a message could not be delivered; it is tried again')
		} else if (failure === undefined && hasDelivered && isFailing) {
			log.info({ destination: place }, 'messages are delivered again')
		} else return
		isFailing = failure !== undefined
	}
}

// The password and the query of a URL may be secret.
function printable(destination: string): string {
	const url = URL.parse(destination)
	return url === null ? destination : `${url.origin}${url.pathname}`
}
