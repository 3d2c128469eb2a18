import { bearerToken } from '@mercat/rest-service/authenticate'
import type { FastifyRequest } from 'fastify'

/** The scope of staff that changes products and their stock. The catalog checks it, too. */
export const catalogScope = 'catalog:write'

/**
 * The caller's own token, which goes on to the catalog. Only for a route that requires {@link catalogScope}: the token of a
 * customer never leaves this service.
 */
export function forwardedToken({ identity, raw }: Pick<FastifyRequest, 'identity' | 'raw'>): string {
	const token = identity.scopes.has(catalogScope) ? bearerToken(raw) : undefined
	if (token === undefined) throw new TypeError(`only a token with the scope ${catalogScope} goes on to the catalog`)
	return token
}
