/** @import { ApiError } from './api-error.js' */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { apiErrorOf } from './use-load.js'

/**
 * A page of a list. `rest` is anything else that its answer tells, and that of the latest page is kept.
 *
 * @template T, R
 * @typedef {{ rows: T[], nextPageToken: string, rest?: R }} Page
 */

/**
 * @template T, R
 * @typedef {{ rows: T[], rest?: R, nextPageToken: string, error?: ApiError, isLoading: boolean, isFirst: boolean }} Pages
 */

/**
 * A list that grows page by page: `more` loads the next page, `reload` begins again. A change of `inputs` begins again,
 * too. `renew` reads again what is shown, and the list stays as it is meanwhile.
 *
 * @template T
 * @template [R=unknown]
 * @param {(pageToken: string, signal: AbortSignal) => Promise<Page<T, R>>} loadPage `pageToken` is empty for the first page
 * @param {unknown[]} inputs
 * @returns {Pages<T, R> & { more: (() => void) | undefined, reload: () => void, renew: () => Promise<void> }}
 */
export function usePages(loadPage, inputs) {
	const [pages, setPages] = useState(/** @type {Pages<T, R>} */ ({ ...nothing }))
	const latestLoad = useRef(loadPage)
	latestLoad.current = loadPage
	const latest = useRef(pages)
	latest.current = pages
	const running = useRef(/** @type {AbortController | undefined} */ (undefined))

	const load = useCallback(async (/** @type {string} */ pageToken) => {
		running.current?.abort()
		const controller = new AbortController()
		running.current = controller
		setPages((before) => ({ ...before, error: undefined, isLoading: true }))
		try {
			const page = await latestLoad.current(pageToken, controller.signal)
			if (controller.signal.aborted) return
			setPages((before) => ({
				rows: pageToken === '' ? page.rows : [...before.rows, ...page.rows],
				rest: page.rest,
				nextPageToken: page.nextPageToken,
				isLoading: false,
				isFirst: false,
			}))
		} catch (error) {
			if (controller.signal.aborted) return
			setPages((before) => ({ ...before, error: apiErrorOf(error), isLoading: false, isFirst: false }))
		}
	}, [])
	const reload = useCallback(() => void load(''), [])

	const renew = useCallback(async () => {
		if (latest.current.isLoading) return
		running.current?.abort()
		const controller = new AbortController()
		running.current = controller
		try {
			const count = latest.current.rows.length
			/** @type {Page<T, R>} */
			let shown = { rows: [], nextPageToken: '' }
			do {
				const page = await latestLoad.current(shown.nextPageToken, controller.signal)
				shown = { ...page, rows: [...shown.rows, ...page.rows] }
			} while (shown.nextPageToken !== '' && shown.rows.length < count)
			if (!controller.signal.aborted) setPages({ ...shown, isLoading: false, isFirst: false })
		} catch (error) {
			if (!controller.signal.aborted) setPages((before) => ({ ...before, error: apiErrorOf(error) }))
		}
	}, [])

	useEffect(() => {
		setPages({ ...nothing })
		reload()
		return () => running.current?.abort()
	}, inputs)

	const { nextPageToken } = pages
	return { ...pages, reload, renew, more: nextPageToken === '' ? undefined : () => void load(nextPageToken) }
}

const nothing = { rows: [], nextPageToken: '', isLoading: true, isFirst: true }
