import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, unreachable } from './api-error.js'

/**
 * `value` stays while it is loaded again, also when that fails. `isLoading` is true whenever a load is under way.
 *
 * @template T
 * @typedef {{ value?: T, error?: ApiError, isLoading: boolean }} Loaded
 */

/**
 * Loads a value when the component appears, whenever one of `inputs` changes, and at `reload`. A load that a newer one
 * replaces is aborted. With changed inputs the old value goes.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} load
 * @param {unknown[]} inputs
 * @returns {Loaded<T> & { reload: () => void }}
 */
export function useLoad(load, inputs) {
	const [loaded, setLoaded] = useState(/** @type {Loaded<T>} */ ({ isLoading: true }))
	const latestLoad = useRef(load)
	latestLoad.current = load
	const running = useRef(/** @type {AbortController | undefined} */ (undefined))

	const start = useCallback(async () => {
		running.current?.abort()
		const controller = new AbortController()
		running.current = controller
		setLoaded((before) => ({ ...before, isLoading: true }))
		try {
			const value = await latestLoad.current(controller.signal)
			if (!controller.signal.aborted) setLoaded({ value, isLoading: false })
		} catch (error) {
			if (controller.signal.aborted) return
			setLoaded(({ value }) => ({ value, error: apiErrorOf(error), isLoading: false }))
		}
	}, [])

	useEffect(() => {
		setLoaded({ isLoading: true })
		start()
		return () => running.current?.abort()
	}, inputs)

	return { ...loaded, reload: start }
}

/**
 * The error to show. Anything that is no answer of the API counts as a missing answer.
 *
 * @param {unknown} error
 */
export function apiErrorOf(error) {
	return error instanceof ApiError ? error : unreachable(error)
}
