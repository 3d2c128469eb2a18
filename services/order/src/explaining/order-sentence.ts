import type { Verdict } from '@mercat/order-api/explanation-schemas'
import type { HistoryEntry, Order } from '../order/order.ts'
import { catalogDestination } from '../order/order-messages.ts'
import type { OrderRecord, RecordedMessage } from '../record/order-record.ts'
import { moneyText, sentence, timeText } from './phrases.ts'

/** How an order stands, with a sentence for a person. */
export function describeStanding(
	{ order, messages }: OrderRecord,
	now: string,
): { verdict: Verdict; sentence: string } {
	const commands = messages.filter(({ destination }) => destination === catalogDestination)
	switch (order.status) {
		case 'placed':
			return { verdict: 'placed', sentence: `${placed(order)}. ${payment(order, now)}` }
		case 'paid':
			if (order.stockCommittedAt === null)
				return { verdict: 'waitingForCatalog', sentence: waiting(order, openCommand(commands, 'commit')) }
			return { verdict: 'placed', sentence: `${steps(order)}. It waits to be shipped.` }
		case 'shipped':
			return { verdict: 'placed', sentence: `${steps(order)}. It waits to be delivered.` }
		case 'delivered':
			return { verdict: 'placed', sentence: `${steps(order)}. Nothing is to be done.` }
		case 'cancelled':
			return { verdict: 'cancelled', sentence: `${cancellation(order)}${release(openCommand(commands, 'release'))}` }
		case 'expired':
			return {
				verdict: 'expired',
				sentence: `Expired: it was not paid before ${timeText(order.expiresAt.toISOString())}. ${placed(order)}. The customer can place a new order.${release(openCommand(commands, 'release'))}`,
			}
	}
}

function placed(order: Order): string {
	const total = moneyText({ amountMinor: order.totalMinor, currency: order.currency })
	return `Placed on ${timeText(order.placedAt.toISOString())} for ${total}`
}

function payment(order: Order, now: string): string {
	const until = order.expiresAt.toISOString()
	return until > now
		? `It waits to be paid until ${timeText(until)}.`
		: `It was not paid before ${timeText(until)}, and it expires in a moment.`
}

// Every step after the placing, with what it is called outside.
function steps(order: Order): string {
	const later = order.history.slice(1).map(({ to, when, reference }) => {
		const name = reference === undefined ? '' : ` (${reference})`
		return `${to} on ${timeText(when)}${name}`
	})
	return [placed(order), ...later].join(', ')
}

function waiting(order: Order, command: RecordedMessage | undefined): string {
	const since = timeText(entryOf(order, 'paid')?.when ?? order.updatedAt.toISOString())
	const begin = `Waiting for the catalog: the order was paid on ${since}, and the catalog has not confirmed the sale since then. It cannot be shipped before.`
	return `${begin}${command === undefined ? '' : attempts(command)}`
}

function cancellation(order: Order): string {
	const { from, when = order.updatedAt.toISOString(), who = '', why } = entryOf(order, 'cancelled') ?? {}
	const reason = why === undefined ? '' : ` The reason: ${sentence(why)}`
	const paid = from === 'paid' ? ' It was paid before, so the payment must be returned.' : ''
	return `Cancelled on ${timeText(when)} by ${who}.${reason}${paid} ${placed(order)}.`
}

function release(command: RecordedMessage | undefined): string {
	if (command === undefined) return ''
	return ` The catalog has not yet released the stock.${attempts(command)}`
}

function attempts({ state, attempts: count, nextAttemptAt, lastError }: RecordedMessage): string {
	const error = lastError === null ? '' : ` The last error was: ${sentence(lastError)}`
	if (state === 'dead') return ` The service gave up after ${times(count)}. Send the command again (redrive).${error}`
	return ` There ${count === 1 ? 'was' : 'were'} ${times(count)}, and the next is due on ${timeText(nextAttemptAt)}.${error}`
}

function times(count: number): string {
	return count === 1 ? '1 attempt' : `${count} attempts`
}

function openCommand(commands: RecordedMessage[], type: string): RecordedMessage | undefined {
	return commands.findLast(
		(command) => command.type === type && (command.state === 'pending' || command.state === 'dead'),
	)
}

function entryOf({ history }: Order, to: HistoryEntry['to']): HistoryEntry | undefined {
	return history.findLast((entry) => entry.to === to)
}
