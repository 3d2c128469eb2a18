import { toast } from './dialogs/toast.js'
import { html } from './markup/html.js'

/**
 * Copies a text to the clipboard.
 *
 * @param {{ text: string, label: string }} props `label` names the text, such as `trace id`
 */
export function CopyButton({ text, label }) {
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(text)
			toast(`Copied the ${label}.`)
		} catch {
			toast('The browser does not permit copying. Select the text instead.', 'bad')
		}
	}
	return html`<button type="button" class="quiet small" onClick=${copy} aria-label=${`Copy the ${label}`}>Copy</button>`
}

/**
 * An id as text with its button.
 *
 * @param {{ text: string, label: string }} props
 */
export function CopyableText({ text, label }) {
	return html`<span class="copyable"><code>${text}</code> <${CopyButton} text=${text} label=${label} /></span>`
}
