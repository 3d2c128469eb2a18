import { useEffect, useRef, useState } from 'preact/hooks'
import { html } from '../parts/html.js'
import { readClaims } from '../session/claims.js'
import { signIn } from '../session/session.js'

/**
 * Asks for a token. A pasted link with a token is taken, too.
 *
 * @param {{ notice?: string }} props `notice` tells why the person must sign in again
 */
export function SignIn({ notice }) {
	const [error, setError] = useState(notice)
	const field = useRef(/** @type {HTMLInputElement | null} */ (null))
	useEffect(() => {
		document.title = 'Sign in – Mercat console'
		field.current?.focus()
	}, [])
	useEffect(() => setError(notice), [notice])

	/** @param {SubmitEvent} event */
	const submit = (event) => {
		event.preventDefault()
		const text = field.current?.value.trim() ?? ''
		const token = /#token=([^&\s]+)/.exec(text)?.[1] ?? text.replace(/^Bearer\s+/i, '')
		const claims = readClaims(token)
		if (claims === undefined) setError('This text is no token. A token has three parts with dots between them.')
		else if (claims.expiresAt <= Date.now()) setError('This token has expired. Make a new one.')
		else signIn(token)
	}

	return html`
		<main class="sign-in">
			<form onSubmit=${submit}>
				<p class="brand"><img src="icon.svg" alt="" width="28" height="28" />Mercat console</p>
				<h1>Sign in</h1>
				${error && html`<p class="notice" role="alert">${error}</p>`}
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
