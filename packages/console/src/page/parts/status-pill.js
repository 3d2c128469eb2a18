/** @import { Children } from './markup/html.js' */
import { html } from './markup/html.js'

/** @typedef {'good' | 'busy' | 'bad' | 'warn' | 'quiet'} Tone */

/** @type {Record<string, Tone>} */
const tones = {
	placed: 'busy',
	paid: 'busy',
	shipped: 'busy',
	delivered: 'good',
	cancelled: 'quiet',
	expired: 'quiet',
	pending: 'busy',
	dead: 'bad',
	active: 'good',
	paused: 'warn',
	up: 'good',
	down: 'bad',
	draining: 'warn',
	refused: 'bad',
	failed: 'bad',
	replayed: 'quiet',
	waitingForCatalog: 'warn',
	unsettled: 'warn',
	unknown: 'quiet',
	synced: 'good',
	unchanged: 'good',
	held: 'warn',
	stopped: 'bad',
	running: 'busy',
	HELD: 'busy',
	COMMITTED: 'good',
	RELEASED: 'quiet',
	EXPIRED: 'quiet',
	closed: 'good',
	half_open: 'warn',
	open: 'bad',
}

/**
 * A state in one word. Its colour follows from the state, unless `tone` says otherwise. `children` are shown in place of the
 * state.
 *
 * @param {{ state: string, tone?: Tone, children?: Children }} props
 */
export function StatusPill({ state, tone = tones[state] ?? 'quiet', children = state }) {
	return html`<span class=${`pill pill-${tone}`}>${children}</span>`
}
