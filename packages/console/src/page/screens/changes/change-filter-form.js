/** @import { WatchedChanges } from './watched-changes.js' */
import { useId, useState } from 'preact/hooks'
import { html } from '../../parts/markup/html.js'
import { skusFault, skusIn } from './watched-changes.js'

/**
 * Asks which changes to watch.
 *
 * @param {{ watched: WatchedChanges, onWatch: (watched: WatchedChanges) => void }} props
 */
export function ChangeFilterForm({ watched, onWatch }) {
	const id = useId()
	const [fault, setFault] = useState(/** @type {string | undefined} */ (undefined))
	const { skus, withoutQuantities } = watched

	/** @param {SubmitEvent} event */
	const submit = (event) => {
		event.preventDefault()
		const text = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('skus') ?? '')
		const found = skusFault(text)
		setFault(found)
		if (found === undefined) onWatch({ ...watched, skus: skusIn(text) })
	}

	return html`
		<form class="order-filters" role="search" aria-label="Changes" onSubmit=${submit}>
			<div class="change-filter">
				<div class="field">
					<label for=${id}>Only these SKUs</label>
					<input key=${skus.join()} id=${id} name="skus" defaultValue=${skus.join(', ')} autocomplete="off" spellcheck=${false}
						aria-invalid=${fault !== undefined} aria-describedby=${`${id}-hint`} />
				</div>
				<div class="actions">
					<button type="submit" class="primary">Watch</button>
					${skus.length > 0 && html`<button type="button" onClick=${() => onWatch({ ...watched, skus: [] })}>Watch all</button>`}
				</div>
			</div>
			${fault === undefined ? html`<p id=${`${id}-hint`} class="hint">Commas or spaces between them. Empty: all products.</p>` : html`<p id=${`${id}-hint`} class="notice" role="alert">${fault}</p>`}
			<label class="choice">
				<input type="checkbox" checked=${withoutQuantities} onChange=${(/** @type {any} */ { currentTarget }) => onWatch({ ...watched, withoutQuantities: currentTarget.checked })} />
				<span>Without quantities</span>
			</label>
		</form>
	`
}
