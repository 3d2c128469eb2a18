/** @import { PriceLimits } from '@mercat/client' */
/** @import { EnteredLimits } from './entered-limits.js' */
import { useState } from 'preact/hooks'
import { request } from '../../../../api/request.js'
import { ConfirmDialog } from '../../../../parts/dialogs/confirm-dialog.js'
import { toast } from '../../../../parts/dialogs/toast.js'
import { html } from '../../../../parts/markup/html.js'
import { bodyOf, enteredFrom, faultsOf } from './entered-limits.js'
import { LimitFields } from './limit-fields.js'
import { limitsPath } from './limits-path.js'

/**
 * Sets the limits of a product's price, in the currency that the price has now.
 *
 * @param {{ limits: PriceLimits, currency: string, onChanged: () => void, onClose: () => void }} props
 */
export function LimitsDialog({ limits, currency, onChanged, onClose }) {
	const [initial] = useState(() => enteredFrom(limits, currency))
	const [entered, setEntered] = useState(initial)
	const other = [limits.floor, limits.ceiling].find((limit) => limit !== null && limit.currency !== currency)
	const confirm = async () => {
		await request('PUT', limitsPath(limits.sku), { body: bodyOf(entered, currency) })
		toast(`The price limits of ${limits.sku} are set.`)
		onChanged()
	}
	return html`
		<${ConfirmDialog} title=${`Price limits of ${limits.sku}`} confirmLabel="Set limits" onConfirm=${confirm}
			onInput=${(/** @type {any} */ values) => setEntered(/** @type {EnteredLimits} */ (values))} onClose=${onClose}>
			<div class="dialog-fields">
				<${LimitFields} entered=${initial} faults=${faultsOf(entered, currency)} currency=${currency} />
				<p class="hint">A price of a source beyond these waits for an approval. An empty field sets no limit.</p>
				${other && html`<p class="notice">The limits are in ${other.currency} now, and the price is in ${currency}. These take their place.</p>`}
			</div>
		</${ConfirmDialog}>
	`
}
