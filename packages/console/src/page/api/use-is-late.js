import { useEffect, useState } from 'preact/hooks'
import { onEachSecond } from '../parts/values/time.js'

const toleratedMs = 2_500

/**
 * Whether the next status is late, although nothing has told that the news has stopped. Looked at once a second.
 *
 * @param {number} receivedAt when the latest status came, by the clock of `performance.now()`
 * @param {number} everyMs how often one comes
 */
export function useIsLate(receivedAt, everyMs) {
	const [, look] = useState(0)
	useEffect(() => onEachSecond(() => look((count) => count + 1)), [])
	return performance.now() - receivedAt > everyMs + toleratedMs
}
