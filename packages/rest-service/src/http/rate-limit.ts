import { Problem } from '@mercat/rest-api/problem'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const windowS = 60

export type RateLimit = {
	/**
	 * Counts a request of `key`.
	 *
	 * @throws Problem RATE_LIMITED when the key had too many requests
	 */
	count(key: string, reply: FastifyReply): Promise<void>
}

/**
 * A limit of requests per minute for each key, with the headers of draft-ietf-httpapi-ratelimit-headers. 0 means no limit.
 */
export function createRateLimit(requestsPerMinute: number): RateLimit {
	if (requestsPerMinute === 0) return { async count() {} }
	const limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: windowS })
	const policy = `"default";q=${requestsPerMinute};w=${windowS}`

	return {
		async count(key, reply) {
			const result = await limiter.consume(key).catch((refused: unknown) => refused)
			if (!(result instanceof RateLimiterRes)) throw result
			const resetS = Math.ceil(result.msBeforeNext / 1000)
			reply.header('ratelimit-policy', policy).header('ratelimit', `"default";r=${result.remainingPoints};t=${resetS}`)
			if (result.consumedPoints > requestsPerMinute) throw new Problem('RATE_LIMITED', {}, { retryAfterS: resetS })
		},
	}
}

/** The key of a caller that is not signed in. */
export function addressKey({ ip }: FastifyRequest): string {
	return `address:${ip}`
}
