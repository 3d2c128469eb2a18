// Streams are spread over replicas anew again and again.
const shortestMs = 5 * 60_000
const longestMs = 8 * 60_000

/** After how many milliseconds a stream ends. Streams that opened together do not end together. */
export function randomLifeMs(): number {
	return shortestMs + Math.random() * (longestMs - shortestMs)
}
