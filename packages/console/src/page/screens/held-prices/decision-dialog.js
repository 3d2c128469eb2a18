/** @import { DecidedPrice, HeldPrice } from '@mercat/client' */
/** @import { Children } from '../../parts/markup/html.js' */
import { ApiError } from '../../api/api-error.js'
import { request } from '../../api/request.js'
import { DefinitionList } from '../../parts/definition-list.js'
import { ConfirmDialog } from '../../parts/dialogs/confirm-dialog.js'
import { toast } from '../../parts/dialogs/toast.js'
import { html } from '../../parts/markup/html.js'
import { formatMoney, Money } from '../../parts/values/money.js'
import { changedSentence } from './changed-sentence.js'
import { Opinions } from './opinions.js'
import { changeText, ruleWords } from './rule-words.js'

/** @typedef {'approve' | 'reject'} Decision */

/**
 * Asks before a held price is approved or rejected. It decides about the price that it shows, whatever the source has sent
 * meanwhile.
 *
 * @param {{ hold: HeldPrice, decision: Decision, onDone: () => void, onClose: () => void }} props
 */
export function DecisionDialog({ hold, decision, onDone, onClose }) {
	const { id, sku, newPrice, currentPrice } = hold
	const confirm = async () => {
		try {
			const { body } = await request('POST', `/v1/held-prices/${id}/${decision}`, { body: { price: newPrice } })
			toast(outcomeText(body, decision))
		} catch (error) {
			throw error instanceof ApiError && error.code === 'HOLD_CHANGED' ? await explain(error, hold) : error
		} finally {
			onDone()
		}
	}
	const [title, confirmLabel] =
		decision === 'approve'
			? [`Approve the new price of ${sku}`, `Sell at ${formatMoney(newPrice)}`]
			: [`Reject the new price of ${sku}`, `Keep ${formatMoney(currentPrice)}`]
	return html`
		<${ConfirmDialog} title=${title} confirmLabel=${confirmLabel} isDangerous=${decision === 'approve'} onConfirm=${confirm} onClose=${onClose}>
			<${DefinitionList} entries=${factsOf(hold)} />
			<p>${decision === 'approve' ? 'The product sells at the new price from now on.' : 'The product keeps its price. The same price of this source is not held again.'}</p>
		</${ConfirmDialog}>
	`
}

/**
 * @param {HeldPrice} hold
 * @returns {[string, Children][]}
 */
function factsOf(hold) {
	const { title, source, oldPrice, currentPrice, newPrice, opinions } = hold
	const hasMoved = formatMoney(oldPrice) !== formatMoney(currentPrice)
	return [
		['Product', title],
		['Source', source],
		['Price now', html`<${Money} amount=${currentPrice} />`],
		['New price', html`<strong><${Money} amount=${newPrice} /></strong>`],
		['Price when it was held', hasMoved ? html`<${Money} amount=${oldPrice} />` : undefined],
		['Change', changeText(hold)],
		['Held because', ruleWords(hold)],
		['Others say', html`<${Opinions} opinions=${opinions} />`],
	]
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
 * The error with a sentence about what has become of the hold.
 *
 * @param {ApiError} error
 * @param {HeldPrice} hold as the dialog shows it
 */
async function explain({ status, code, detail, traceId, problem }, hold) {
	const now = await readHold(hold)
	const sentence = changedSentence(problem['state'], hold, now) ?? detail
	return new ApiError({ status, code, detail: sentence, traceId, problem })
}

/**
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
