import { createSigner, createVerifier, type VerifierOptions } from 'fast-jwt'
import { LRUCache } from 'lru-cache'
import type { TokenConfig } from '../configuration/config.ts'
import type { Logger } from '../logging/log.ts'
import { createJwks } from './jwks.ts'

/** The caller that a token names. */
export type Identity = {
	/** The token's `sub`. */
	subject: string
	scopes: ReadonlySet<string>
	/** When the token is no longer accepted: 30 s after its `exp`, in milliseconds since 1970. */
	expiresAt: number
}

/** The token is not valid, or no longer valid. Its message is for the log: the caller does not get the reason. */
export class InvalidTokenError extends Error {
	override name = 'InvalidTokenError'
}

/** The token would be valid if it had not expired. */
export class ExpiredTokenError extends InvalidTokenError {
	override name = 'ExpiredTokenError'
}

const longestTokenBytes = 12 * 1024
// How long a token is accepted after its `exp`, because the clocks of its issuer and of this service may differ.
const clockSkewMs = 30_000
// An `exp` in seconds since 1970 is smaller until the year 5138. One in milliseconds is larger since 1973.
const latestExp = 100_000_000_000
const mostRemembered = 10_000
// Together. Most tokens have less than one kilobyte.
const mostRememberedBytes = 40 * 1024 * 1024
const rememberedMs = 60_000

/** The token in the value of an `Authorization` header (RFC 6750, section 2.1); undefined when it has none. */
export function readBearer(authorization: string): string | undefined {
	return /^Bearer +(\S+)$/i.exec(authorization)?.[1]
}

type KeySource = string | ((token: { header: { kid?: unknown } }) => Promise<string>)

/** The key and the options with which fast-jwt verifies tokens. */
export type TokenRules = { key: KeySource; options: Partial<VerifierOptions> }

/** The rules of the tokens that a process accepts. It makes them once, because they hold the key set of the issuer. */
export function tokenRules(config: TokenConfig, log: Pick<Logger, 'warn'>): TokenRules {
	const options: Partial<VerifierOptions> = {
		allowedIss: config.issuer,
		allowedAud: config.audience,
		requiredClaims: ['sub', 'iss', 'aud', 'exp'],
		// rememberIdentities checks `exp` last, so that only an otherwise valid token is called expired.
		ignoreExpiration: true,
		clockTolerance: clockSkewMs,
	}
	if (config.secret !== undefined) return { key: config.secret, options: { ...options, algorithms: ['HS256'] } }
	if (config.jwksUrl === undefined) throw new TypeError('tokens must have a secret or a jwksUrl')
	const jwks = createJwks(config.jwksUrl, log)
	return { key: ({ header }) => jwks(header.kid), options: { ...options, algorithms: ['RS256', 'ES256', 'EdDSA'] } }
}

/** Returns a function that verifies tokens. It throws an InvalidTokenError for every token that is not valid. */
export function createTokenVerifier({ key, options }: TokenRules): (token: string) => Promise<Identity> {
	const verify = createVerifier({
		...options,
		key: (typeof key === 'string' ? async () => key : key) as () => Promise<string>,
	})
	return rememberIdentities(async (token) => {
		try {
			return await verify(token)
		} catch (error) {
			// When the key cannot be had, the reason is in another error, and the message of fast-jwt does not tell it.
			const { message, originalError } = error as Error & { originalError?: Error }
			throw new InvalidTokenError(originalError?.message ?? message, { cause: error })
		}
	})
}

/** The claims of a verified token that Mercat reads. */
export type Claims = { sub?: unknown; scope?: unknown; scp?: unknown; iat?: unknown; exp?: unknown }

/**
 * Checks whether a verified token has expired, and remembers its identity for one minute, but not after it expires, so that
 * not every request verifies a signature. A withdrawn key is therefore still accepted for that minute. Only exactly the same text is
 * recognised again.
 *
 * @param verify verifies the signature and the rules of a well-formed token, except for `exp`
 * @returns a function that throws an InvalidTokenError for a token that is not valid, and an ExpiredTokenError for a token
 * that was valid
 */
export function rememberIdentities(verify: (token: string) => Promise<Claims>): (token: string) => Promise<Identity> {
	const remembered = new LRUCache<string, { identity: Identity; until: number }>({
		max: mostRemembered,
		maxSize: mostRememberedBytes,
		sizeCalculation: (_identity, { length }) => length,
	})
	return async (token) => {
		const known = remembered.get(token)
		if (known !== undefined && Date.now() < known.until) return known.identity
		checkTokenForm(token)
		const claims = await verify(token)
		const identity = toIdentity(claims)
		if (Date.now() >= identity.expiresAt) throw new ExpiredTokenError('the token has expired')
		remembered.set(token, { identity, until: Math.min(identity.expiresAt, Date.now() + rememberedMs) })
		return identity
	}
}

// Three parts of base64url, each as an encoder writes it. Decoders also accept other spellings, so that a changed token
// could pass as the signed one.
const tokenForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** @throws InvalidTokenError when the text does not have the form of a token */
function checkTokenForm(token: string): void {
	if (token.length > longestTokenBytes || !tokenForm.test(token) || !token.split('.').every(isCanonicalBase64url)) {
		throw new InvalidTokenError('the token is not well formed')
	}
}

function isCanonicalBase64url(part: string): boolean {
	const tail = part.slice(-(part.length % 4 || 4))
	return Buffer.from(tail, 'base64url').toString('base64url') === tail
}

const subjectForm = /^[\x21-\x7e]{1,128}$/

/**
 * The identity in the claims of a verified token.
 *
 * @throws InvalidTokenError when a claim has the wrong type or form
 */
function toIdentity(claims: Claims): Identity {
	const { sub, scope, scp, iat = 0, exp } = claims
	if (typeof sub !== 'string' || !subjectForm.test(sub)) throw new InvalidTokenError('sub is not a customer')
	if (typeof iat !== 'number' || iat * 1000 > Date.now() + clockSkewMs)
		throw new InvalidTokenError('iat is not in the past')
	if (typeof exp !== 'number') throw new InvalidTokenError('exp is not a number')
	if (exp > latestExp) throw new InvalidTokenError('exp is not in seconds since 1970; is it in milliseconds?')
	const expiresAt = exp * 1000 + clockSkewMs
	return { subject: sub, scopes: new Set([...scopesIn(scope), ...scopesIn(scp)]), expiresAt }
}

// RFC 8693 has `scope`, a text with spaces. Some issuers write `scp`, and some write lists.
function scopesIn(claim: unknown = []): string[] {
	return [claim].flat().flatMap((text: unknown) => {
		if (typeof text !== 'string') throw new InvalidTokenError('scope is neither a text nor a list of texts')
		return text.split(' ').filter((name) => name !== '')
	})
}

/** The contents of a token that {@link signToken} signs. */
export type TokenRequest = { subject: string; scope: string; lifetimeMs: number }

/** Signs a token with the shared secret (HS256). */
export function signToken(
	{ secret, issuer, audience }: { secret: string; issuer: string; audience: string },
	{ subject, scope, lifetimeMs }: TokenRequest,
): string {
	const sign = createSigner({
		key: secret,
		algorithm: 'HS256',
		iss: issuer,
		aud: audience,
		sub: subject,
		expiresIn: lifetimeMs,
	})
	return sign({ scope })
}
