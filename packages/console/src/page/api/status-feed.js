/** @import { ApiError } from './api-error.js' */
/** @import { Curves } from './status-history.js' */
/** @import { Status } from '@mercat/client' */
import { useEffect, useState } from 'preact/hooks'
import { onSignOut } from '../session/session.js'
import { openStream } from './open-stream.js'
import { pause } from './pause.js'
import { request } from './request.js'
import { createStatusHistory } from './status-history.js'
import { apiErrorOf } from './use-load.js'

/**
 * `latest` stays when the news stops. `receivedAt` is when it came, by the clock of `performance.now()`, and `everyMs` is how
 * long the next one may take. `error` is why there is no news; with `isRefused` the page asks no more.
 *
 * @typedef {{ latest?: Status, receivedAt: number, everyMs: number, curves: Curves,
 *   refusalsOfMinute: [code: string, count: number][], error?: ApiError, isRefused: boolean }} StatusFeed
 */

// One stream for the whole page: all who have signed in with one link may have only five, and two screens show the same.
const streamedMs = 1_000
/** How often the status is asked for where all streams are taken. */
export const askedMs = 2_000
let history = createStatusHistory()
/** @type {StatusFeed} */
let feed = emptyFeed()
/** @type {Set<(feed: StatusFeed) => void>} */
const listeners = new Set()
/** @type {AbortController | undefined} */
let stream
let isAnnounced = false

onSignOut(() => {
	history = createStatusHistory()
	feed = emptyFeed()
})

/**
 * The status of the shop, once a second. The curves stay while other screens are shown. A page that nobody sees has no stream:
 * it would be one of the few.
 */
export function useStatusFeed() {
	const [known, setKnown] = useState(feed)
	useEffect(() => {
		listeners.add(setKnown)
		if (listeners.size === 1) document.addEventListener('visibilitychange', startOrStop)
		startOrStop()
		return () => {
			listeners.delete(setKnown)
			if (listeners.size === 0) document.removeEventListener('visibilitychange', startOrStop)
			startOrStop()
		}
	}, [])
	return known
}

function startOrStop() {
	const isWanted = listeners.size > 0 && !document.hidden
	if (isWanted && stream === undefined) start()
	if (isWanted || stream === undefined) return
	stream.abort()
	stream = undefined
}

function start() {
	const opened = new AbortController()
	stream = opened
	feed = { ...feed, error: undefined, isRefused: false }
	/** @type {AbortController | undefined} */
	let asking
	openStream('/v1/status/stream', {
		signal: opened.signal,
		onEvent({ type, data }) {
			if (type === 'status') take(JSON.parse(data), streamedMs)
		},
		onState(state, error) {
			if (error?.status !== 429) {
				asking?.abort()
				asking = undefined
				change({ error, isRefused: state === 'refused' })
			} else if (asking === undefined) {
				asking = new AbortController()
				keepAsking(AbortSignal.any([opened.signal, asking.signal]))
			}
		},
	})
}

/**
 * Asks for one status after the other, until there is a stream again.
 *
 * @param {AbortSignal} signal
 */
async function keepAsking(signal) {
	while (!signal.aborted) {
		try {
			const { body } = await request('GET', '/v1/status', { signal })
			if (!signal.aborted) take(body, askedMs)
		} catch (error) {
			if (!signal.aborted) change({ error: apiErrorOf(error) })
		}
		await pause(askedMs, signal)
	}
}

/**
 * @param {Status} status
 * @param {number} everyMs
 */
function take(status, everyMs) {
	if (!history.add(status)) return
	change({ latest: status, receivedAt: performance.now(), everyMs, error: undefined })
}

/** @param {Partial<StatusFeed>} changed */
function change(changed) {
	feed = { ...feed, ...changed }
	if (isAnnounced) return
	isAnnounced = true
	// Two minutes of statuses come at once when the stream opens. They are drawn once, and never while the page is hidden.
	requestAnimationFrame(() => {
		isAnnounced = false
		feed = { ...feed, refusalsOfMinute: history.refusalsOfMinute() }
		for (const listener of listeners) listener(feed)
	})
}

/** @returns {StatusFeed} */
function emptyFeed() {
	return { receivedAt: 0, everyMs: streamedMs, curves: history.curves, refusalsOfMinute: [], isRefused: false }
}
