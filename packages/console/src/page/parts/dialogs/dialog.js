/** @import { Children } from '../markup/html.js' */
import { useEffect } from 'preact/hooks'
import { html } from '../markup/html.js'
import { Toasts } from './toast.js'

/**
 * A modal dialog, which opens when it appears. Everything that ends it must close the element: a dialog that is only removed
 * does not give the focus back. `onClose` follows. Its toasts are its own, because what is behind it is neither seen well nor
 * read out.
 *
 * @param {{
 *   element: { current: HTMLDialogElement | null },
 *   titleId: string,
 *   onClose: () => void,
 *   children?: Children,
 *   [attribute: string]: unknown,
 * }} props
 */
export function Dialog({ element, titleId, onClose, children, ...attributes }) {
	useEffect(() => {
		element.current?.showModal()
	}, [])
	return html`
		<dialog ref=${element} class="dialog" aria-labelledby=${titleId} onClose=${onClose} ...${attributes}>
			${children}
			<${Toasts} />
		</dialog>
	`
}
