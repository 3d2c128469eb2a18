import { createSigner, createVerifier, type VerifierOptions } from 'fast-jwt'
import { LRUCache } from 'lru-cache'
import type { TokenConfig } from '../configuration/config.ts'
import type { Logger } from '../logging/log.ts'
import { createJwks } from './jwks.ts'

/** Who calls, as the token says. */
export type Identity = {
	/** The token's `sub`. */
	subject: string
	scopes: ReadonlySet<string>
}

/** The token is not one of ours, or no longer valid. Callers are told nothing more. */
export class InvalidTokenError extends Error {
	override name = 'InvalidTokenError'
}

const longestTokenBytes = 4096
const clockSkewMs = 30_000
const mostRemembered = 10_000
const rememberedMs = 60_000

type KeySource = string | ((token: { header: { kid?: unknown } }) => Promise<string>)

/** The key and the rules by which tokens are verified, in the terms of fast-jwt. */
export function tokenRules(
	config: TokenConfig,
	log: Pick<Logger, 'warn'>,
): { key: KeySource; options: Partial<VerifierOptions> } {
	const options: Partial<VerifierOptions> = {
		allowedIss: config.issuer,
		allowedAud: config.audience,
		requiredClaims: ['sub', 'iss', 'aud', 'exp'],
		clockTolerance: clockSkewMs,
	}
	if (config.secret !== undefined) return { key: config.secret, options: { ...options, algorithms: ['HS256'] } }
	if (config.jwksUrl === undefined) throw new TypeError('a secret or a JWKS is needed')
	const jwks = createJwks(config.jwksUrl, log)
	return { key: ({ header }) => jwks(header.kid), options: { ...options, algorithms: ['RS256', 'ES256', 'EdDSA'] } }
}

/**
 * Verifies a token of the contract's form.
 *
 * @throws InvalidTokenError whatever is wrong with it
 */
export function createTokenVerifier(
	config: TokenConfig,
	log: Pick<Logger, 'warn'>,
): (token: string) => Promise<Identity> {
	const { key, options } = tokenRules(config, log)
	const verify = createVerifier({
		...options,
		key: (typeof key === 'string' ? async () => key : key) as () => Promise<string>,
	})
	const identify = rememberIdentities(async (token) => {
		try {
			return await verify(token)
		} catch (error) {
			throw new InvalidTokenError('the token is not valid', { cause: error })
		}
	})
	return async (token) => identify(token)
}

/** What a token that was verified says. */
export type Claims = { sub?: unknown; scope?: unknown; iat?: unknown; exp?: unknown }

/**
 * Verifies each token once a minute, its form first, and in between answers whom it names while it is valid.
 * Only the very text that was verified is known again; a key that was withdrawn is honoured for that minute.
 */
export function rememberIdentities(
	verify: (token: string) => Promise<Claims>,
): (token: string) => Identity | Promise<Identity> {
	const remembered = new LRUCache<string, { identity: Identity; until: number }>({ max: mostRemembered })
	async function identify(token: string): Promise<Identity> {
		checkTokenForm(token)
		const claims = await verify(token)
		const identity = toIdentity(claims)
		const validUntil = Number(claims.exp) * 1000 + clockSkewMs
		remembered.set(token, { identity, until: Math.min(validUntil, Date.now() + rememberedMs) })
		return identity
	}

	return (token) => {
		const known = remembered.get(token)
		return known !== undefined && Date.now() < known.until ? known.identity : identify(token)
	}
}

// Three parts of base64url in the one spelling that encoding gives: libraries also read others, so
// that a changed token could pass for the one that was signed.
const tokenForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** @throws InvalidTokenError when the text cannot be a token, whoever signed it */
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
 * Who the claims of a verified token name.
 *
 * @throws InvalidTokenError when the claims are not of the contract's types
 */
function toIdentity(claims: Claims): Identity {
	const { sub, scope = '', iat = 0 } = claims
	if (typeof sub !== 'string' || !subjectForm.test(sub)) throw new InvalidTokenError('sub is not a customer')
	if (typeof scope !== 'string') throw new InvalidTokenError('scope is not a string')
	if (typeof iat !== 'number' || iat * 1000 > Date.now() + clockSkewMs)
		throw new InvalidTokenError('iat is not in the past')
	return { subject: sub, scopes: new Set(scope.split(' ').filter((name) => name !== '')) }
}

/** What {@link signToken} needs to know of a token. */
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
