/** The source gave an answer that is no feed. Asking again would not help. */
export class BadFeedError extends Error {
	override name = 'BadFeedError'
}
