/** @import { EnteredLimits, LimitFaults } from './entered-limits.js' */
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { html } from '../../../../parts/markup/html.js'

/**
 * The floor and the ceiling of a price. The browser does not submit a form with a fault.
 *
 * @param {{ entered: EnteredLimits, faults: LimitFaults, currency: string }} props
 */
export function LimitFields({ entered, faults, currency }) {
	return html`
		<${LimitField} name="floor" label=${`Floor in ${currency}`} initial=${entered.floor} fault=${faults.floor} isFirst />
		<${LimitField} name="ceiling" label=${`Ceiling in ${currency}`} initial=${entered.ceiling} fault=${faults.ceiling} />
	`
}

/** @param {{ name: string, label: string, initial: string, fault?: string, isFirst?: boolean }} props */
function LimitField({ name, label, initial, fault, isFirst = false }) {
	const id = useId()
	const input = useRef(/** @type {HTMLInputElement | null} */ (null))
	// Before the browser paints: a person who sees no fault can confirm.
	useLayoutEffect(() => input.current?.setCustomValidity(fault ?? ''), [fault])
	return html`
		<div class="field">
			<label for=${id}>${label} <span class="faint">(optional)</span></label>
			<input ref=${input} id=${id} name=${name} defaultValue=${initial} inputmode="decimal" autocomplete="off" autofocus=${isFirst}
				aria-invalid=${fault !== undefined} aria-describedby=${`${id}-fault`} />
			<p id=${`${id}-fault`} class="outcome fault" role="status">${fault}</p>
		</div>
	`
}
