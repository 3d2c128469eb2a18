const mostTokens = 10
const tokensPerSuccess = 0.1

export type RetryThrottle = {
	succeeded(): void
	failed(): void
	/** Whether enough calls succeed for a retry to be useful. */
	allowsRetry(): boolean
}

/**
 * Limits retries while many calls fail (gRFC A6). Every failure takes a token, and every success gives back a tenth of a
 * token. There is no retry while half of the tokens are gone.
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
