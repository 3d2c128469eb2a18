const mostTokens = 10
const tokensPerSuccess = 0.1

export type RetryThrottle = {
	succeeded(): void
	failed(): void
	/** Whether enough calls succeed for another attempt to do more good than harm. */
	allowsRetry(): boolean
}

/**
 * Keeps retries from becoming a storm (gRFC A6): every failure takes a token and every success gives
 * back a tenth of one; with half of the tokens gone nothing is tried again.
 */
export function createRetryThrottle(): RetryThrottle {
	let tokens = mostTokens
	return {
		succeeded() {
			tokens = Math.min(mostTokens, tokens + tokensPerSuccess)
		},
		failed() {
			tokens = Math.max(0, tokens - 1)
		},
		allowsRetry: () => tokens > mostTokens / 2,
	}
}
