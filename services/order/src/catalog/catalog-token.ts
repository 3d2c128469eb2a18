import type { TokenConfig } from '@mercat/service/config'
import { signToken } from '@mercat/service/tokens'

const lifetimeMs = 300_000

export type CatalogTokenOptions = {
	/** A configured token. Without it the service signs tokens with its own secret. */
	catalogToken?: string
	tokens: Pick<TokenConfig, 'secret' | 'issuer' | 'audience'>
}

/**
 * The token for calls to the catalog: the configured one, or a short-lived one that is renewed after half of its life.
 */
export function createCatalogToken({ catalogToken, tokens }: CatalogTokenOptions): () => string {
	if (catalogToken !== undefined) return () => catalogToken
	const { secret, issuer, audience } = tokens
	if (secret === undefined) throw new TypeError('a catalog token or a secret is required')
	let token = ''
	let renewAt = Number.NEGATIVE_INFINITY
	return () => {
		const now = performance.now()
		if (now >= renewAt) {
			token = signToken({ secret, issuer, audience }, { subject: 'service:order', scope: 'stock:reserve', lifetimeMs })
			renewAt = now + lifetimeMs / 2
		}
		return token
	}
}
