/** @import { ApiError } from './api-error.js' */
/** @import { Curves } from './status-history.js' */
/** @import { Status } from '@mercat/client' */
import { useEffect, useState } from 'preact/hooks'
import { onSignOut } from '../session/session.js'
import { openStream } from './open-stream.js'
import { createStatusHistory } from './status-history.js'

/**
 * `latest` stays when the stream breaks. `receivedAt` is when it came, by the clock of `performance.now()`. `error` is why the
 * stream is broken; with `isRefused` it is not opened again.
 *
 * @typedef {{ latest?: Status, receivedAt: number, curves: Curves, refusalsOfMinute: [code: string, count: number][],
 *   error?: ApiError, isRefused: boolean }} StatusFeed
 */

// One stream for the whole page: a customer may have only five, and two screens show the same.
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

/** The status of the shop, once a second, while the page is visible. The curves stay while other screens are shown. */
export function useStatusFeed() {
	const [known, setKnown] = useState(feed)
	useEffect(() => {
		listeners.add(setKnown)
		if (listeners.size === 1) start()
		return () => {
			listeners.delete(setKnown)
			if (listeners.size === 0) stream?.abort()
		}
	}, [])
	return known
}

function start() {
	stream = new AbortController()
	feed = { ...feed, error: undefined, isRefused: false }
	openStream('/v1/status/stream', {
		signal: stream.signal,
		onEvent({ type, data }) {
			if (type === 'status') take(JSON.parse(data))
		},
		onState(state, error) {
			change({ error, isRefused: state === 'refused' })
		},
	})
}

/** @param {Status} status */
function take(status) {
	if (!history.add(status)) return
	change({ latest: status, receivedAt: performance.now() })
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
	return { receivedAt: 0, curves: history.curves, refusalsOfMinute: [], isRefused: false }
}
