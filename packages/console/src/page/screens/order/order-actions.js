/** @import { Order } from '@mercat/client' */
/** @import { Transition } from './transitions.js' */
import { useState } from 'preact/hooks'
import { ApiError } from '../../api/api-error.js'
import { request } from '../../api/request.js'
import { ConfirmDialog } from '../../parts/dialogs/confirm-dialog.js'
import { toast } from '../../parts/dialogs/toast.js'
import { html } from '../../parts/markup/html.js'
import { formatMoney } from '../../parts/values/money.js'
import { transitionsOf } from './transitions.js'

/**
 * The buttons of the transitions that the order can make. Each asks first, and happens only if the order is still as the
 * person sees it.
 *
 * @param {{ order: Order, etag: string, onChange: () => void }} props
 */
export function OrderActions({ order, etag, onChange }) {
	const [asked, setAsked] = useState(
		/** @type {{ transition: Transition, order: Order, etag: string } | undefined} */ (undefined),
	)
	return html`
		${transitionsOf(order).map(
			(transition) => html`
				<button key=${transition.action} type="button" class=${transition.isDangerous ? 'danger-quiet' : 'primary'}
					onClick=${() => setAsked({ transition, order, etag })}>
					${transition.label}
				</button>
			`,
		)}
		${asked && html`<${TransitionDialog} key="dialog" ...${asked} onChange=${onChange} onClose=${() => setAsked(undefined)} />`}
	`
}

/**
 * @param {{ transition: Transition, order: Order, etag: string, onChange: () => void, onClose: () => void }} props
 */
function TransitionDialog({ transition, order, etag, onChange, onClose }) {
	const { action, title, label, effect, field, done, closeLabel, isDangerous = false } = transition
	/** @param {Record<string, string>} values */
	const confirm = async (values) => {
		try {
			await request('POST', `/v1/orders/${order.id}/${action}`, { body: values, headers: { 'if-match': etag } })
			toast(done)
		} catch (error) {
			if (!(error instanceof ApiError) || error.status !== 412) throw error
			toast('The order has changed since you looked at it, so nothing was done. Look at it again.', 'bad')
		} finally {
			onChange()
		}
	}
	const returns = action === 'cancel' && order.status === 'paid'
	return html`
		<${ConfirmDialog} title=${title} confirmLabel=${label} closeLabel=${closeLabel} isDangerous=${isDangerous} fields=${[field]} onConfirm=${confirm} onClose=${onClose}>
			<p>Order <code>${order.id.slice(0, 8)}</code> of ${order.customerId}, ${formatMoney(order.total)}. ${effect}</p>
			${returns && html`<p><strong>It was paid: the payment of ${formatMoney(order.total)} must be returned.</strong> Mercat does not return it: the shop does, at its payment provider.</p>`}
		</${ConfirmDialog}>
	`
}
