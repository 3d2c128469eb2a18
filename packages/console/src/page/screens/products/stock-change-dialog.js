/** @import { StockLevel } from '@mercat/client' */
/** @import { StockChange } from './stock-change.js' */
import { useRef, useState } from 'preact/hooks'
import { ApiError } from '../../api/api-error.js'
import { request } from '../../api/request.js'
import { ConfirmDialog } from '../../parts/confirm-dialog.js'
import { html } from '../../parts/html.js'
import { heldText, requestOf } from './stock-change.js'
import { StockChangeFields } from './stock-change-fields.js'

/** @type {StockChange} */
const untouched = { kind: 'take', quantity: '', reason: '' }

/**
 * Adds to the stock of a product, takes from it, or sets it. The dialog has one idempotency key: a change whose answer was
 * lost is made once, however often it is confirmed.
 *
 * @param {{
 *   level: StockLevel,
 *   reloadLevel: () => void,
 *   onChanged: (level: StockLevel) => void,
 *   onClose: () => void,
 * }} props
 */
export function StockChangeDialog({ level, reloadLevel, onChanged, onClose }) {
	const [change, setChange] = useState(untouched)
	const [isUncertain, setUncertain] = useState(false)
	const key = useRef(crypto.randomUUID())

	const confirm = async () => {
		const { path, body } = requestOf(change, level.sku)
		try {
			const answer = await request('POST', path, { body, headers: { 'idempotency-key': key.current } })
			onChanged(answer.body)
		} catch (error) {
			// Another quantity with the same key would be answered as the first one, so the fields stay as they are.
			if (error instanceof ApiError) setUncertain(error.status === 0 || error.status >= 500)
			if (!(error instanceof ApiError) || error.code !== 'STOCK_HELD') throw error
			reloadLevel()
			throw withDetail(error, `${heldText(error.problem['held'])} Nothing was changed.`)
		}
	}

	return html`
		<${ConfirmDialog} title=${`Change stock of ${level.sku}`} confirmLabel=${isUncertain ? 'Try again' : 'Change stock'}
			onConfirm=${confirm} onInput=${(/** @type {any} */ values) => !isUncertain && setChange({ ...untouched, ...values })} onClose=${onClose}>
			<div class="dialog-fields">
				<${StockChangeFields} change=${change} level=${level} isLocked=${isUncertain} />
				${isUncertain && html`<p class="notice">It is not known whether the stock has changed. Try again: the change is made only once.</p>`}
			</div>
		</${ConfirmDialog}>
	`
}

/**
 * @param {ApiError} error
 * @param {string} detail
 */
function withDetail({ status, code, traceId, problem }, detail) {
	return new ApiError({ status, code, detail, traceId, problem })
}
