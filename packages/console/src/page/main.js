import { render } from 'preact'
import { html } from './parts/html.js'
import { startRouting } from './routing/router.js'
import { signIn } from './session/session.js'
import { App } from './shell/app.js'

// A link to the console brings a token in its fragment. The router takes the fragment out of the address before
// anything else runs.
startRouting({ onToken: signIn })

const root = document.getElementById('console')
if (root === null) throw new Error('the page has no place for the console')
render(html`<${App} />`, root)
