import type { TokenConfig } from '../configuration/config.ts'
import { signToken } from './tokens.ts'

const lifetimeMs = 300_000

export type OwnTokenOptions = {
	/** A configured token. Without it the service signs tokens with its own secret. */
	configured: string | undefined
	tokens: Pick<TokenConfig, 'secret' | 'issuer' | 'audience'>
}

/**
 * The token of a service for its calls to another: the configured one, or a short-lived one that is renewed after half of its
 * life.
 */
export function createOwnToken(
	{ configured, tokens }: OwnTokenOptions,
	claims: { subject: string; scope: string },
): () => string {
	if (configured !== undefined) return () => configured
	const { secret, issuer, audience } = tokens
	if (secret === undefined) throw new TypeError('a configured token or a secret is required')
	let token = ''
	let renewAt = Number.NEGATIVE_INFINITY
	return () => {
		const now = performance.now()
		if (now >= renewAt) {
			token = signToken({ secret, issuer, audience }, { ...claims, lifetimeMs })
			renewAt = now + lifetimeMs / 2
		}
		return token
	}
}
