import { useRef, useState } from 'preact/hooks'
import { CopyableText } from '../../parts/copy-button.js'
import { Dialog } from '../../parts/dialogs/dialog.js'
import { html } from '../../parts/markup/html.js'
import { useGuardedLeave } from './use-guarded-leave.js'

/**
 * Shows a secret, once. The Escape key and the browser's way back ask first, because the secret cannot be shown again.
 *
 * @param {{ secret: string, onClose: () => void }} props
 */
export function SecretDialog({ secret, onClose }) {
	const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null))
	const [isAsked, setAsked] = useState(false)
	const ask = () => setAsked(true)
	const release = useGuardedLeave(ask)

	/** @param {Event} event */
	const askInstead = (event) => {
		event.preventDefault()
		ask()
	}
	const closed = () => {
		if (dialog.current?.returnValue === 'kept') {
			release()
			return onClose()
		}
		dialog.current?.showModal()
		ask()
	}
	return html`
		<${Dialog} element=${dialog} titleId="secret-title" closedby="none" onCancel=${askInstead} onClose=${closed}
			onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && askInstead(event)}>
			<form method="dialog">
				<h2 id="secret-title">Keep this secret</h2>
				<p>The receiver verifies deliveries with it. It is shown only now.</p>
				<p class="secret"><${CopyableText} text=${secret} label="secret" /></p>
				${isAsked && html`<p class="notice" role="alert">Have you kept the secret? Without it, you have to rotate it.</p>`}
				<div class="dialog-actions"><button type="submit" value="kept" class="primary">I have kept it</button></div>
			</form>
		</${Dialog}>
	`
}
