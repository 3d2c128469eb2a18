import { randomUUID } from 'node:crypto'
import { signToken } from '@mercat/service/tokens'

/** The secret of the services under test. */
export const jwtSecret = randomUUID()

/** A token that the services under test accept. */
export function token(subject: string, scope = 'orders:read orders:write'): string {
	const issuer = { secret: jwtSecret, issuer: 'mercat', audience: 'mercat' }
	return signToken(issuer, { subject, scope, lifetimeMs: 3_600_000 })
}
