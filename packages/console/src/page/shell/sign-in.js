import { useEffect, useRef } from 'preact/hooks'
import { html } from '../parts/markup/html.js'
import { signIn } from '../session/session.js'

/**
 * Asks for a token. A pasted link with a token is taken, too.
 *
 * @param {{ notice?: string }} props `notice` tells why the person must sign in again
 */
export function SignIn({ notice }) {
	const field = useRef(/** @type {HTMLInputElement | null} */ (null))
	useEffect(() => {
		document.title = 'Sign in – Mercat console'
		field.current?.focus()
	}, [])

	/** @param {SubmitEvent} event */
	const submit = (event) => {
		event.preventDefault()
		const text = field.current?.value.trim() ?? ''
		const token = /#token=([^&\s]+)/.exec(text)?.[1] ?? text.replace(/^Bearer\s+/i, '')
		signIn(token)
	}

	return html`
		<main class="sign-in">
			<form onSubmit=${submit}>
				<p class="brand"><img src="icon.svg" alt="" width="28" height="28" />Mercat console</p>
				<h1>Sign in</h1>
				${notice && html`<p class="notice" role="alert">${notice}</p>`}
				<div class="field">
					<label for="token">Token of staff, or a link with one</label>
					<input ref=${field} id="token" type="password" autocomplete="off" spellcheck=${false} required aria-describedby="token-hint" />
					<p id="token-hint" class="hint">The page keeps it in memory only. <code>mercat start</code> prints a link; elsewhere your operators give you a token.</p>
				</div>
				<button type="submit" class="primary">Sign in</button>
			</form>
		</main>
	`
}
