/** @import { Children } from './markup/html.js' */
import { useEffect, useRef } from 'preact/hooks'
import { useKeptFocus } from './dialogs/use-kept-focus.js'
import { html } from './markup/html.js'
import { withVisibleControls } from './markup/visible-controls.js'

/**
 * The heading of a screen. It takes the focus when the screen appears, so that a reader of the screen hears where it is.
 * `children` are the actions beside it.
 *
 * @param {{ title: string, subtitle?: Children, back?: { href: string, label: string }, children?: Children }} props
 */
export function PageHeading({ title, subtitle, back, children }) {
	const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null))
	useEffect(() => {
		document.title = `${withVisibleControls(title)} – Mercat console`
	}, [title])
	useEffect(() => {
		const { activeElement } = document
		if (activeElement === null || activeElement === document.body || activeElement.closest('nav') !== null)
			heading.current?.focus({ preventScroll: true })
	}, [])
	useKeptFocus(heading)
	return html`
		<header class="page-heading">
			<div>
				${back && html`<a class="back" href=${back.href}>← ${back.label}</a>`}
				<h1 ref=${heading} tabindex="-1">${title}</h1>
				${subtitle && html`<p class="subtitle">${subtitle}</p>`}
			</div>
			${children && html`<div class="actions">${children}</div>`}
		</header>
	`
}
