import { useEffect, useState } from 'preact/hooks'
import { onEachSecond } from '../../parts/time.js'

/** A status comes each second. One that is late by two more is missed. */
const staleMs = 3_500

/**
 * Whether statuses have stopped coming. Looked at once a second.
 *
 * @param {number} receivedAt by the clock of `performance.now()`
 */
export function useIsStale(receivedAt) {
	const [, look] = useState(0)
	useEffect(() => onEachSecond(() => look((count) => count + 1)), [])
	return performance.now() - receivedAt > staleMs
}
