/** @import { Feed, FeedRun } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'

/**
 * How a run ended. A run without an end goes on, or its command was killed; nobody knows which from the run alone.
 *
 * @param {{ run: FeedRun }} props
 */
export function RunOutcome({ run }) {
	if (run.outcome === null) return html`<${StatusPill} state="running">no end yet</${StatusPill}>`
	return html`<${StatusPill} state=${run.outcome}>${wordsOf(run.outcome)}</${StatusPill}>`
}

/**
 * What became of the last run of a feed.
 *
 * @param {{ feed: Feed }} props
 */
export function LastOutcome({ feed: { isRunning, lastRun } }) {
	if (isRunning) return html`<${StatusPill} state="running" />`
	if (lastRun === null) return html`<${StatusPill} state="no run yet" />`
	if (lastRun.outcome === null) return html`<${StatusPill} state="broken off" tone="bad" />`
	return html`<${RunOutcome} run=${lastRun} />`
}

/**
 * Why a person should look at a feed: the reason of its last run if it did not sync. Undefined otherwise.
 *
 * @param {Feed} feed
 * @returns {string | undefined}
 */
export function troubleOf({ isRunning, lastRun }) {
	if (isRunning || lastRun === null) return undefined
	switch (lastRun.outcome) {
		case null:
			return 'The run broke off: nobody has reported its end. The next run begins anew.'
		case 'failed':
		case 'stopped':
		case 'notRun':
			return lastRun.reason === '' ? 'The run gave no reason.' : lastRun.reason
		default:
			return undefined
	}
}

/** @param {NonNullable<FeedRun['outcome']>} outcome */
function wordsOf(outcome) {
	return outcome === 'notRun' ? 'not run' : outcome
}
