/** @import { Children } from './markup/html.js' */
import { useId } from 'preact/hooks'
import { html } from './markup/html.js'

/**
 * A part of a screen with a heading. `actions` stand beside the heading.
 *
 * @param {{ title: string, actions?: Children, children?: Children, class?: string }} props
 */
export function Panel({ title, actions, children, class: name = '' }) {
	const id = useId()
	return html`
		<section class=${`panel ${name}`} aria-labelledby=${id}>
			<header class="panel-head"><h2 id=${id}>${title}</h2>${actions && html`<div class="actions">${actions}</div>`}</header>
			${children}
		</section>
	`
}
