/** @import { StockLevel } from '@mercat/client' */
/** @import { StockChange } from './stock-change.js' */
/** @import { UnsettledChange } from './use-unsettled-change.js' */
import { useState } from 'preact/hooks'
import { ApiError } from '../../../api/api-error.js'
import { newKey } from '../../../api/new-key.js'
import { request } from '../../../api/request.js'
import { ConfirmDialog } from '../../../parts/dialogs/confirm-dialog.js'
import { html } from '../../../parts/markup/html.js'
import { heldText, requestOf } from './stock-change.js'
import { StockChangeFields } from './stock-change-fields.js'

/** @type {StockChange} */
const untouched = { kind: 'take', quantity: '', reason: '' }
// These tell that this request was not carried out, and nothing of an earlier one with the same key.
const saysNothing = [401, 403, 408, 429]

/**
 * Adds to the stock of a product, takes from it, or sets it. A change whose answer was lost keeps its idempotency key until
 * its outcome is known, so it is made once, however often it is confirmed.
 *
 * @param {{
 *   level: StockLevel,
 *   unsettled: UnsettledChange | undefined,
 *   setUnsettled: (unsettled: UnsettledChange | undefined) => void,
 *   reloadLevel: () => void,
 *   onChanged: (level: StockLevel) => void,
 *   onClose: () => void,
 * }} props `unsettled` is the change that can only be tried again
 */
export function StockChangeDialog({ level, unsettled, setUnsettled, reloadLevel, onChanged, onClose }) {
	const [change, setChange] = useState(unsettled?.change ?? untouched)
	const [isUncertain, setUncertain] = useState(unsettled !== undefined)

	const confirm = async () => {
		const { key } = unsettled ?? { key: newKey() }
		setUnsettled({ change, key })
		const { path, body } = requestOf(change, level.sku)
		try {
			const answer = await request('POST', path, { body, headers: { 'idempotency-key': key } })
			setUnsettled(undefined)
			onChanged(answer.body)
		} catch (error) {
			const isKnown =
				error instanceof ApiError &&
				error.status >= 400 &&
				error.status < 500 &&
				!(isUncertain && saysNothing.includes(error.status))
			setUncertain(!isKnown)
			if (isKnown) setUnsettled(undefined)
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
