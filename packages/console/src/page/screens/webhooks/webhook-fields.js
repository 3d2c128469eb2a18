/** @import { Webhook } from '@mercat/client' */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { html } from '../../parts/markup/html.js'
import { eventTypes, everyType, typeName } from './events/event-type-names.js'

/**
 * What a person says of a webhook.
 *
 * @param {{ webhook?: Pick<Webhook, 'url' | 'types' | 'description'> }} props
 */
export function WebhookFields({ webhook = { url: '', types: [everyType], description: '' } }) {
	const id = useId()
	const [isEvery, setEvery] = useState(webhook.types.includes(everyType))
	const types = useRef(/** @type {HTMLDivElement | null} */ (null))
	// The browser shows the sentence at the first type and does not send the form.
	const check = () => {
		const boxes = [...(types.current?.querySelectorAll('input') ?? [])]
		const isMissing = !isEvery && !boxes.some(({ checked }) => checked)
		boxes[0]?.setCustomValidity(isMissing ? 'Choose at least one type of event.' : '')
	}
	useLayoutEffect(check, [isEvery])
	return html`
		<div class="field">
			<label for=${`${id}-url`}>URL</label>
			<input id=${`${id}-url`} name="url" type="url" required maxlength="2000" autocomplete="off" autofocus defaultValue=${webhook.url} placeholder="https://shop.example/events" />
		</div>
		<fieldset class="choices">
			<legend>Events</legend>
			<label><input type="radio" name="every" value="true" checked=${isEvery} onChange=${() => setEvery(true)} /> Every type, also later ones</label>
			<label><input type="radio" name="every" value="" checked=${!isEvery} onChange=${() => setEvery(false)} /> Only these:</label>
			<div ref=${types} class="types" onChange=${check}>
				${eventTypes.map(
					(type) => html`
						<label key=${type}><input type="checkbox" name=${type} defaultChecked=${webhook.types.includes(type)} disabled=${isEvery} /> ${typeName(type)}</label>
					`,
				)}
			</div>
		</fieldset>
		<div class="field">
			<label for=${`${id}-description`}>Description <span class="faint">(optional)</span></label>
			<input id=${`${id}-description`} name="description" maxlength="200" autocomplete="off" defaultValue=${webhook.description} />
		</div>
	`
}

/**
 * The body of a request that makes or changes a webhook.
 *
 * @param {Record<string, string>} values the fields of the form by name
 */
export function webhookOf({ url = '', every, description = '', ...values }) {
	const types = every === 'true' ? [everyType] : eventTypes.filter((type) => type in values)
	return { url, types, description }
}
