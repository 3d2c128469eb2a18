import { signToken } from '@mercat/service/tokens'
import type { OrderConfig } from '../config.ts'

const lifetimeMs = 300_000

/** The token that the catalog is shown: the configured one, or a short-lived one of our own, signed anew in time. */
export function createCatalogToken({
	catalogToken,
	tokens,
}: Pick<OrderConfig, 'catalogToken' | 'tokens'>): () => string {
	if (catalogToken !== undefined) return () => catalogToken
	const { secret, issuer, audience } = tokens
	if (secret === undefined) throw new TypeError('a catalog token or a secret is needed')
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
