import { html } from './markup/html.js'

/**
 * Buttons of which one is pressed.
 *
 * @template T
 * @param {{ label: string, chosen: T, onChoose: (value: T) => void, choices: { value: T, label: string }[] }} props
 */
export function Choices({ label, chosen, onChoose, choices }) {
	return html`
		<div class="choice-buttons" role="group" aria-label=${label}>
			${choices.map(
				(choice) => html`
					<button key=${choice.label} type="button" class="quiet small" aria-pressed=${choice.value === chosen} onClick=${() => onChoose(choice.value)}>${choice.label}</button>
				`,
			)}
		</div>
	`
}
