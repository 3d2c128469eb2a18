import { useEffect, useRef } from 'preact/hooks'
import { CopyableText } from '../../parts/copy-button.js'
import { html } from '../../parts/html.js'

/**
 * Shows a secret, once. The Escape key does not close it, because the secret cannot be shown again.
 *
 * @param {{ secret: string, onClose: () => void }} props
 */
export function SecretDialog({ secret, onClose }) {
	const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null))
	useEffect(() => dialog.current?.showModal(), [])
	return html`
		<dialog ref=${dialog} class="dialog" aria-labelledby="secret-title" closedby="none"
			onCancel=${(/** @type {Event} */ event) => event.preventDefault()} onClose=${onClose}>
			<form method="dialog">
				<h2 id="secret-title">Keep this secret</h2>
				<p>The receiver verifies deliveries with it. It is shown only now.</p>
				<p class="secret"><${CopyableText} text=${secret} label="secret" /></p>
				<div class="dialog-actions"><button type="submit" class="primary">I have kept it</button></div>
			</form>
		</dialog>
	`
}
