/** @import { ServerEvent } from './event-reader.js' */
import { currentToken, signOut } from '../session/session.js'
import { ApiError, readProblem, unreachable } from './api-error.js'
import { createEventReader } from './event-reader.js'

/**
 * `onEvent` gets each event. `onState` hears of the connection: `open`, `broken` with the reason (the stream is opened again
 * by itself), or `refused` with the reason (it is not).
 *
 * @typedef {{
 *   onEvent: (event: ServerEvent) => void,
 *   onState?: (state: 'open' | 'broken' | 'refused', error?: ApiError) => void,
 *   signal: AbortSignal,
 * }} StreamOptions
 */

// The service writes at least a comment each 5 s.
const silenceMs = 12_000
const shortestWaitMs = 500
const longestWaitMs = 10_000

/**
 * Reads server-sent events with the token of the session until `signal` aborts. EventSource cannot send the token, so
 * `fetch` reads them. A broken stream is opened again after its last event, at growing intervals.
 *
 * @param {string} path
 * @param {StreamOptions} options
 */
export async function openStream(path, { onEvent, onState = () => {}, signal }) {
	const reader = createEventReader()
	let waitMs = shortestWaitMs
	while (!signal.aborted) {
		try {
			for await (const piece of readOnce(path, reader.lastId(), signal, () => onState('open'))) {
				waitMs = shortestWaitMs
				for (const event of reader.push(piece)) onEvent(event)
			}
			if (!signal.aborted) onState('broken', unreachable(undefined))
		} catch (error) {
			if (signal.aborted) return
			const reason = error instanceof ApiError ? error : unreachable(error)
			if (isFinal(reason)) return onState('refused', reason)
			onState('broken', reason)
		}
		reader.restart()
		await pause(waitMs * (0.75 + Math.random() / 2), signal)
		waitMs = Math.min(waitMs * 2, longestWaitMs)
	}
}

/**
 * @param {string} path
 * @param {string} lastId
 * @param {AbortSignal} signal
 * @param {() => void} onOpen
 */
async function* readOnce(path, lastId, signal, onOpen) {
	const token = currentToken()
	const silence = new AbortController()
	let timer = setTimeout(() => silence.abort(), silenceMs)
	try {
		const response = await fetch(path, {
			headers: {
				accept: 'text/event-stream',
				...(token !== undefined && { authorization: `Bearer ${token}` }),
				...(lastId !== '' && { 'last-event-id': lastId }),
			},
			cache: 'no-store',
			credentials: 'omit',
			signal: AbortSignal.any([signal, silence.signal]),
		})
		if (!response.ok || response.body === null) {
			const error = await readProblem(response)
			if (error.status === 401 && token === currentToken()) signOut('The service does not accept your token any more.')
			throw error
		}
		onOpen()
		const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader()
		for (;;) {
			const { value, done } = await pieces.read()
			if (done) return
			clearTimeout(timer)
			timer = setTimeout(() => silence.abort(), silenceMs)
			yield value
		}
	} finally {
		clearTimeout(timer)
		silence.abort()
	}
}

/** @param {ApiError} error */
function isFinal({ status }) {
	return status === 400 || status === 401 || status === 403 || status === 404
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 */
function pause(ms, signal) {
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer)
			signal.removeEventListener('abort', end)
			resolve(undefined)
		}
		const timer = setTimeout(end, ms)
		signal.addEventListener('abort', end)
	})
}
