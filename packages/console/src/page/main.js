import { render } from 'preact'
import { html } from './parts/markup/html.js'
import { startRouting } from './routing/router.js'
import { signIn } from './session/session.js'
import { App } from './shell/app.js'

// The first script of the page has taken the token of the link out of the address, before any module was loaded.
/** @type {{ takeLinkToken: () => string | undefined }} */
const { takeLinkToken } = /** @type {any} */ (window)
const token = takeLinkToken()
startRouting({ onToken: signIn })
if (token !== undefined) signIn(token)

const root = document.getElementById('console')
if (root === null) throw new Error('the page has no place for the console')
root.replaceChildren()
render(html`<${App} />`, root)
