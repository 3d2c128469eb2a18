import { token } from '../tokens.ts'

/** A token of staff, with the scopes of the one that `mercat start` prints. */
export function staffToken(): string {
	return token('staff', 'orders:manage orders:read orders:write webhooks:manage events:read catalog:write')
}
