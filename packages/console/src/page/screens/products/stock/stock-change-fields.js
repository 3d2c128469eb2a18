/** @import { StockLevel } from '@mercat/client' */
/** @import { StockChange, StockChangeFaults, StockChangeKind } from './stock-change.js' */
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { html } from '../../../parts/markup/html.js'
import { faultsOf, longestReason, outcomeOf } from './stock-change.js'

/** @type {{ kind: StockChangeKind, label: string }[]} */
const kinds = [
	{ kind: 'take', label: 'Take away' },
	{ kind: 'add', label: 'Add' },
	{ kind: 'set', label: 'Set to a count' },
]
const usualReasons = ['delivery', 'breakage', 'lost', 'found', 'returned by a customer', 'counted']

/** @type {StockChangeFaults} */
const noFaults = {}

/**
 * What a change of stock says, and what it would lead to. The browser does not submit a form with a fault.
 *
 * @param {{ change: StockChange, level: StockLevel, isLocked: boolean }} props
 */
export function StockChangeFields({ change, level, isLocked }) {
	const id = useId()
	const quantity = useRef(/** @type {HTMLInputElement | null} */ (null))
	const reason = useRef(/** @type {HTMLInputElement | null} */ (null))
	// The level may have the change already. Whether it fits is for the service to say then.
	const faults = isLocked ? noFaults : faultsOf(change, level)
	// Before the browser paints: who sees the outcome of a change can confirm it.
	useLayoutEffect(() => {
		quantity.current?.setCustomValidity(faults.quantity ?? '')
		reason.current?.setCustomValidity(faults.reason ?? '')
	}, [faults.quantity, faults.reason])
	const shownFault = change.quantity === '' ? undefined : faults.quantity

	return html`
		<fieldset class="choices">
			<legend>What to do</legend>
			${kinds.map(
				({ kind, label }) => html`
					<label key=${kind}><input type="radio" name="kind" value=${kind} checked=${change.kind === kind} disabled=${isLocked} /> ${label}</label>
				`,
			)}
		</fieldset>
		<div class="field">
			<label for=${`${id}-quantity`}>${change.kind === 'set' ? 'Quantity on hand' : 'Quantity'}</label>
			<input ref=${quantity} id=${`${id}-quantity`} name="quantity" defaultValue=${change.quantity} inputmode="numeric" autocomplete="off" autofocus readonly=${isLocked}
				aria-invalid=${shownFault !== undefined} aria-describedby=${`${id}-outcome`} />
			<p id=${`${id}-outcome`} class=${shownFault === undefined ? 'outcome' : 'outcome fault'} role="status">
				${shownFault ?? (isLocked ? levelText(level) : outcomeText(change, level))}
			</p>
		</div>
		${change.kind === 'set' && html`<p class="hint">The count replaces the quantity, whatever it is by then.</p>`}
		<div class="field">
			<label for=${`${id}-reason`}>Reason${change.kind === 'set' && html` <span class="faint">(optional)</span>`}</label>
			<input ref=${reason} id=${`${id}-reason`} name="reason" defaultValue=${change.reason} list=${`${id}-reasons`} maxlength=${longestReason} autocomplete="off" readonly=${isLocked} />
			<datalist id=${`${id}-reasons`}>${usualReasons.map((text) => html`<option key=${text} value=${text} />`)}</datalist>
		</div>
	`
}

/**
 * @param {StockChange} change
 * @param {StockLevel} level
 */
function outcomeText(change, level) {
	const outcome = outcomeOf(change, level)
	const { onHand, available } = level
	if (outcome === undefined) return levelText(level)
	return `On hand ${count(onHand)} → ${count(outcome.onHand)}, available ${count(available)} → ${count(outcome.available)}.`
}

/** @param {StockLevel} level */
function levelText({ onHand, held, available }) {
	return `Now ${count(onHand)} on hand, ${count(held)} held, ${count(available)} available.`
}

/** @param {number} quantity */
function count(quantity) {
	return quantity.toLocaleString('en')
}
