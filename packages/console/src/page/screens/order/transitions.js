/** @import { Order } from '@mercat/client' */
/** @import { Field } from '../../parts/dialogs/confirm-dialog.js' */

/** @typedef {'pay' | 'ship' | 'deliver' | 'cancel'} Action */

/**
 * What staff can do with an order: the button, the question of the dialog, what it means, and what it asks for.
 *
 * @typedef {{ action: Action, label: string, title: string, effect: string, field: Field, done: string, closeLabel?: string,
 *   isDangerous?: boolean }} Transition
 */

/** @type {Record<Action, Transition>} */
const transitions = {
	pay: {
		action: 'pay',
		label: 'Record payment',
		title: 'Record that this order was paid?',
		effect: 'Its stock is then sold. Record a payment only when the money has arrived.',
		field: { name: 'reference', label: 'Reference of the payment', required: true, maxLength: 128 },
		done: 'The payment is recorded.',
	},
	ship: {
		action: 'ship',
		label: 'Ship',
		title: 'Record that this order was shipped?',
		effect: 'The customer can no longer cancel it.',
		field: { name: 'reference', label: 'Parcel number', required: true, maxLength: 128 },
		done: 'The order is shipped.',
	},
	deliver: {
		action: 'deliver',
		label: 'Record delivery',
		title: 'Record that this order was delivered?',
		effect: 'The order is then complete.',
		field: { name: 'reference', label: 'Reference of the receipt', required: true, maxLength: 128 },
		done: 'The delivery is recorded.',
	},
	cancel: {
		action: 'cancel',
		label: 'Cancel order',
		title: 'Cancel this order?',
		effect: 'Its stock can be sold again. A cancelled order stays cancelled.',
		field: {
			name: 'reason',
			label: 'Reason',
			required: true,
			maxLength: 200,
			hint: 'The history keeps it, and the customer can read it.',
		},
		done: 'The order is cancelled.',
		closeLabel: 'Keep the order',
		isDangerous: true,
	},
}

/** @type {Record<string, Action[]>} */
const possible = { placed: ['pay', 'cancel'], paid: ['ship', 'cancel'], shipped: ['deliver'] }

/**
 * The transitions that an order can make now. An order that ran out of its time can no longer be paid.
 *
 * @param {Pick<Order, 'status'>} order
 */
export function transitionsOf({ status }) {
	return (possible[status] ?? []).map((action) => transitions[action])
}
