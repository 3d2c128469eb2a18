/** @import { ApiError } from '../../api/api-error.js' */
/** @import { OrderFilter } from './order-filter.js' */
/** @import { OrderList, OrderPage } from './order-list.js' */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { pause } from '../../api/pause.js'
import { request } from '../../api/request.js'
import { apiErrorOf } from '../../api/use-load.js'
import { firstPage, withNewest, withOlder } from './order-list.js'

/**
 * `stale` is why the newest orders are not known at the moment; the list stays. `isLooking` is true while older orders are
 * loaded, and `error` is why that failed.
 *
 * @typedef {{ list?: OrderList, error?: ApiError, stale?: ApiError, isLooking: boolean }} Feed
 */

const newestSize = 50
const olderSize = 100
const shortestPauseMs = 400
const longestPauseMs = 5_000
/** A person who looks further goes through so many pages without a match. */
const emptyPages = 10

/**
 * The orders that fit the filter, the newest first, read again about twice a second while the page is seen, and less often where that costs much.
 *
 * @param {OrderFilter} filter
 * @param {() => boolean} isHeld whether the rows must stay in their places. Asked at each reading
 */
export function useOrderFeed(filter, isHeld) {
	const [feed, setFeed] = useState(/** @type {Feed} */ ({ isLooking: false }))
	const latest = useRef({ filter, isHeld, feed })
	latest.current = { filter, isHeld, feed }
	const session = useRef(new AbortController())
	const looking = useRef(/** @type {AbortController | undefined} */ (undefined))
	const key = JSON.stringify(filter)

	useEffect(() => {
		const controller = new AbortController()
		session.current = controller
		looking.current = undefined
		setFeed({ isLooking: false })
		keepReading(controller.signal)
		return () => controller.abort()
	}, [key])

	/** @param {AbortSignal} signal */
	async function keepReading(signal) {
		while (!signal.aborted) {
			const startedAt = performance.now()
			const sawItsMost = document.hidden ? false : await readNewest(signal)
			await pause(
				sawItsMost ? longestPauseMs : pauseAfter(performance.now() - startedAt, latest.current.filter),
				signal,
			)
		}
	}

	/** @param {AbortSignal} signal */
	async function readNewest(signal) {
		try {
			const page = await readPage(latest.current.filter, '', signal)
			if (signal.aborted) return false
			const held = latest.current.isHeld()
			setFeed((before) => withReading(before, page, held))
			return page.searchedTo !== undefined
		} catch (error) {
			if (signal.aborted) return false
			const problem = apiErrorOf(error)
			setFeed((before) => (before.list === undefined ? { ...before, error: problem } : { ...before, stale: problem }))
			return true
		}
	}

	const lookFurther = useCallback(async () => {
		if (looking.current !== undefined) return
		const own = new AbortController()
		looking.current = own
		const signal = AbortSignal.any([session.current.signal, own.signal])
		setFeed((before) => ({ ...before, isLooking: true, error: undefined }))
		try {
			let pageToken = latest.current.feed.list?.nextPageToken ?? ''
			for (let left = emptyPages; pageToken !== '' && left > 0; left--) {
				const page = await readPage(latest.current.filter, pageToken, signal)
				if (signal.aborted) return
				setFeed(({ list, ...before }) => ({ ...before, list: list && withOlder(list, page) }))
				if (page.orders.length > 0) break
				pageToken = page.nextPageToken
			}
			setFeed((before) => ({ ...before, isLooking: false }))
		} catch (error) {
			if (!signal.aborted) setFeed((before) => ({ ...before, isLooking: false, error: apiErrorOf(error) }))
		} finally {
			if (looking.current === own) looking.current = undefined
		}
	}, [])

	const showNewest = useCallback(async () => {
		const { signal } = session.current
		looking.current?.abort()
		looking.current = undefined
		try {
			const page = await readPage(latest.current.filter, '', signal)
			if (!signal.aborted) setFeed({ list: firstPage(page), isLooking: false })
		} catch (error) {
			if (!signal.aborted) setFeed((before) => ({ ...before, isLooking: false, stale: apiErrorOf(error) }))
		}
	}, [])

	return { ...feed, lookFurther, showNewest }
}

/**
 * @param {Feed} feed
 * @param {OrderPage} page
 * @param {boolean} isHeld
 * @returns {Feed}
 */
function withReading(feed, page, isHeld) {
	// Older orders belong behind the list as it is: those that were loaded, and those that are on their way.
	const list =
		feed.list === undefined
			? firstPage(page)
			: withNewest(feed.list, page, isHeld || feed.isLooking || feed.list.pages > 1)
	if (list === feed.list && feed.stale === undefined) return feed
	return { ...feed, list, stale: undefined, error: feed.list === undefined ? undefined : feed.error }
}

/**
 * @param {OrderFilter} filter
 * @param {string} pageToken
 * @param {AbortSignal} signal
 * @returns {Promise<OrderPage>}
 */
async function readPage(filter, pageToken, signal) {
	const { body } = await request('GET', '/v1/orders', {
		query: { ...filter, pageSize: pageToken === '' ? newestSize : olderSize, pageToken },
		signal,
	})
	return body
}

/**
 * How long to rest after a reading. Orders are in an index by time and by customer. By anything else they are searched for,
 * and the longer that takes, the less often it is done.
 *
 * @param {number} tookMs
 * @param {OrderFilter} filter
 */
function pauseAfter(tookMs, { status, sku, reference }) {
	const isSearch = status !== undefined || sku !== undefined || reference !== undefined
	return isSearch ? Math.min(longestPauseMs, Math.max(shortestPauseMs, 9 * tookMs)) : shortestPauseMs
}
