import { createHmac, randomUUID } from 'node:crypto'
import { signToken } from '@mercat/service/tokens'

/** The secret of the services under test. */
export const jwtSecret = randomUUID()

/** A token that the services under test accept. */
export function token(subject: string, scope = 'orders:read orders:write'): string {
	const issuer = { secret: jwtSecret, issuer: 'mercat', audience: 'mercat' }
	return signToken(issuer, { subject, scope, lifetimeMs: 86_400_000 })
}

/** A token of somebody that expires at a time, in seconds since 1970. */
export function tokenUntil(exp: number, scope: string): string {
	const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
	const claims = { sub: randomUUID(), iss: 'mercat', aud: 'mercat', exp, scope }
	const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
	return `${content}.${createHmac('sha256', jwtSecret).update(content).digest('base64url')}`
}
