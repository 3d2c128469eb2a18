/** @import { DecidedPrice, HeldPrice } from '@mercat/client' */
import { useState } from 'preact/hooks'
import { ApiError } from '../../api/api-error.js'
import { request } from '../../api/request.js'
import { ConfirmDialog } from '../../parts/dialogs/confirm-dialog.js'
import { toast } from '../../parts/dialogs/toast.js'
import { html } from '../../parts/markup/html.js'
import { formatMoney } from '../../parts/values/money.js'
import { changedSentence } from './changed-sentence.js'
import { ChangedPriceFacts, HeldPriceFacts } from './held-price-facts.js'

/** @typedef {'approve' | 'reject'} Decision */

/**
 * Asks before a held price is approved or rejected. It decides about the price that it shows, whatever the source has sent
 * meanwhile. When the hold has changed, the dialog shows how and decides nothing more: a second click must not approve a
 * price that nobody has read.
 *
 * @param {{ hold: HeldPrice, decision: Decision, onDone: () => void, onClose: () => void }} props
 */
export function DecisionDialog({ hold, decision, onDone, onClose }) {
	const { id, sku, newPrice } = hold
	const [changed, setChanged] = useState(
		/** @type {{ state: unknown, now: HeldPrice | undefined } | undefined} */ (undefined),
	)
	const confirm = async () => {
		try {
			const { body } = await request('POST', `/v1/held-prices/${id}/${decision}`, { body: { price: newPrice } })
			toast(outcomeText(body, decision))
		} catch (error) {
			if (!(error instanceof ApiError) || error.code !== 'HOLD_CHANGED') throw error
			const now = await readHold(hold)
			setChanged({ state: error.problem['state'], now })
			throw withSentence(error, hold, now)
		} finally {
			onDone()
		}
	}
	if (changed !== undefined) {
		return html`
			<${ConfirmDialog} title=${`The new price of ${sku} ${changed.state === 'open' ? 'has changed' : 'waits no longer'}`} closeLabel="Close" onConfirm=${confirm} onClose=${onClose}>
				<${ChangedPriceFacts} seen=${hold} now=${changed.now} />
			</${ConfirmDialog}>
		`
	}
	const { title, confirmLabel, effect } = wordsOf(hold, decision)
	return html`
		<${ConfirmDialog} title=${title} confirmLabel=${confirmLabel} isDangerous=${decision === 'approve'} onConfirm=${confirm} onClose=${onClose}>
			<${HeldPriceFacts} hold=${hold} />
			<p>${effect}</p>
		</${ConfirmDialog}>
	`
}

/**
 * @param {HeldPrice} hold
 * @param {Decision} decision
 */
function wordsOf({ sku, newPrice, currentPrice }, decision) {
	return decision === 'approve'
		? {
				title: `Approve the new price of ${sku}`,
				confirmLabel: `Sell at ${formatMoney(newPrice)}`,
				effect: 'The product sells at the new price from now on.',
			}
		: {
				title: `Reject the new price of ${sku}`,
				confirmLabel: `Keep ${formatMoney(currentPrice)}`,
				effect: 'The product keeps its price. The same price of this source is not held again.',
			}
}

/**
 * @param {DecidedPrice} decided
 * @param {Decision} decision
 */
function outcomeText({ sku, price }, decision) {
	return decision === 'approve'
		? `${sku} sells at ${formatMoney(price)} now.`
		: `${sku} stays at ${formatMoney(price)}.`
}

/**
 * The error with a sentence about what has become of the hold, in place of its code.
 *
 * @param {ApiError} error
 * @param {HeldPrice} seen as the dialog has shown it
 * @param {HeldPrice | undefined} now
 */
function withSentence({ status, detail, traceId, problem }, seen, now) {
	const sentence = changedSentence(problem['state'], seen, now) ?? detail
	return new ApiError({ status, code: '', detail: sentence, traceId, problem })
}

/**
 * The hold as it is now, if it is open and can be read.
 *
 * @param {HeldPrice} hold
 * @returns {Promise<HeldPrice | undefined>}
 */
async function readHold({ id, sku }) {
	try {
		/** @type {HeldPrice[]} */
		const holds = (await request('GET', '/v1/held-prices', { query: { sku } })).body.heldPrices
		return holds.find((hold) => hold.id === id)
	} catch {
		return undefined
	}
}
