/** @import { ApiError } from '../../api/api-error.js' */
/** @import { ServerEvent } from '../../api/event-reader.js' */
/** @import { ChangeRow, ChangesMessage } from './change-rows.js' */
/** @import { WatchedChanges } from './watched-changes.js' */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { openStream } from '../../api/open-stream.js'
import { onEachSecond } from '../../parts/values/time.js'
import { missedRow, mostRows, rowsOf, withNewer } from './change-rows.js'
import { streamPath } from './watched-changes.js'

/**
 * `rows` are shown; `waiting` newer ones are not yet. `asOf` is the time until which the catalog has told everything, and
 * `receivedAt` is when that came, by the clock of `performance.now()`. `error` is why there is no news; with `isRefused` the
 * page asks no more.
 *
 * @typedef {{ rows: ChangeRow[], waiting: number, asOf?: string, receivedAt: number, error?: ApiError, isRefused: boolean }} ChangeFeed
 */

// A busy catalog has a thousand changes a second. Nobody reads faster.
const drawnMs = 250

/**
 * The changes of products as they come. A page that nobody sees has no stream.
 *
 * @param {WatchedChanges} watched
 * @param {() => boolean} isHeld whether the rows must stay in their places. Asked whenever there are newer ones
 */
export function useProductChanges(watched, isHeld) {
	const [feed, setFeed] = useState(emptyFeed)
	const latestIsHeld = useRef(isHeld)
	latestIsHeld.current = isHeld
	const showNewest = useRef(() => {})
	const path = streamPath(watched)

	useEffect(() => {
		/** @type {ChangeRow[]} */
		let rows = []
		let waiting = 0
		/** @type {Partial<ChangeFeed>} */
		let news = {}
		/** @type {ReturnType<typeof setTimeout> | undefined} */
		let timer
		/** @type {AbortController | undefined} */
		let stream

		const draw = (isHeldBack = latestIsHeld.current()) => {
			clearTimeout(timer)
			timer = undefined
			const drawn = { ...news, waiting: isHeldBack ? waiting : 0, ...(!isHeldBack && { rows }) }
			news = {}
			if (!isHeldBack) waiting = 0
			setFeed((before) => ({ ...before, ...drawn }))
		}
		/** @param {Partial<ChangeFeed>} changed @param {ChangeRow[]} [newer] */
		const tell = (changed, newer = []) => {
			news = { ...news, ...changed }
			rows = withNewer(rows, newer)
			waiting = Math.min(mostRows, waiting + newer.length)
			timer ??= setTimeout(draw, drawnMs)
		}
		/** @param {ServerEvent} event */
		const take = ({ type, data }) => {
			if (type === 'reset') return tell({}, [missedRow('The catalog no longer has them.')])
			if (type !== 'changes') return
			/** @type {ChangesMessage} */
			const message = JSON.parse(data)
			// Without a time, what was told until the one before is told still.
			const { asOf } = message
			tell({ ...(asOf && { asOf }), receivedAt: performance.now() }, rowsOf(message))
		}
		const startOrStop = () => {
			if (document.hidden) {
				stream?.abort()
				stream = undefined
			} else if (stream === undefined) {
				stream = new AbortController()
				tell({ receivedAt: performance.now() }, rows.length > 0 ? [missedRow('This page was in the background.')] : [])
				const { signal } = stream
				openStream(path, {
					signal,
					onEvent: take,
					onState: (state, error) => tell({ error, isRefused: state === 'refused' }),
				})
			}
		}

		setFeed(emptyFeed())
		showNewest.current = () => draw(false)
		startOrStop()
		document.addEventListener('visibilitychange', startOrStop)
		const stopClock = onEachSecond(() => waiting > 0 && draw())
		return () => {
			document.removeEventListener('visibilitychange', startOrStop)
			stopClock()
			clearTimeout(timer)
			stream?.abort()
		}
	}, [path])

	return { ...feed, showNewest: useCallback(() => showNewest.current(), []) }
}

/** @returns {ChangeFeed} */
function emptyFeed() {
	return { rows: [], waiting: 0, receivedAt: performance.now(), isRefused: false }
}
