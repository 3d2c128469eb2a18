import type { IncomingMessage } from 'node:http'
import fastifyJwt, { type FastifyJWTOptions } from '@fastify/jwt'
import { Problem } from '@mercat/rest-api/problem'
import type { Logger } from '@mercat/service/log'
import {
	type Claims,
	ExpiredTokenError,
	type Identity,
	readBearer,
	rememberIdentities,
	type TokenRules,
} from '@mercat/service/tokens'
import type { FastifyInstance } from 'fastify'
import { valuesOf } from './header-values.ts'
import { routeOf, traceIdOf } from './observed-request.ts'
import { addressKey, type RateLimit } from './rate-limit.ts'

declare module 'fastify' {
	interface FastifyRequest {
		/** The caller. Set only in the scope of {@link requireSignIn}, also when the caller is refused. */
		identity: Identity
	}
	interface FastifyContextConfig {
		/** A token needs one of these scopes for the route. */
		scopes?: string[]
	}
}

/** Gives `app` the verification of tokens, which {@link requireSignIn} uses. */
export async function registerTokens(app: FastifyInstance, { key, options }: TokenRules): Promise<void> {
	// fast-jwt takes a function that finds the key of a token, but the plugin's types have only fixed keys.
	const verify = { ...options, key } as FastifyJWTOptions['verify']
	await app.register(fastifyJwt, { secret: { public: 'given with the rules' }, verify })
	app.decorateRequest('identity', null as unknown as Identity)
}

/**
 * Requires, for every route of the Fastify scope `app`, a token with one of the scopes that the route names. A route without
 * scopes is a programming error.
 */
export function requireSignIn(app: FastifyInstance, rateLimit: RateLimit, log: Pick<Logger, 'debug'>): void {
	const identityOf = rememberIdentities(async (token) => app.jwt.verify<Claims>(token))
	app.addHook('onRoute', ({ url, config }) => {
		if (config?.scopes === undefined) throw new TypeError(`the route ${url} names no scope`)
	})
	const identify = async (raw: IncomingMessage): Promise<Identity | Refusal> => {
		const token = bearerToken(raw)
		if (token === undefined) return refusals.missing
		try {
			return await identityOf(token)
		} catch (err) {
			log.debug({ traceId: traceIdOf(raw), err }, 'token refused')
			return err instanceof ExpiredTokenError ? refusals.expired : refusals.invalid
		}
	}

	app.addHook('onRequest', async (request, reply) => {
		const identity = await identify(request.raw)
		const isRefused = 'challenge' in identity
		if (!isRefused) request.identity = identity
		// A request without a valid token counts for its address, so that guesses at tokens are limited, too.
		await rateLimit.count(isRefused ? addressKey(request) : `customer:${identity.subject}`, reply)
		if (isRefused) {
			reply.header('www-authenticate', identity.challenge)
			throw new Problem('UNAUTHENTICATED', {}, { detail: identity.detail })
		}
		const scopes = routeOf(request).config?.scopes ?? []
		if (!scopes.some((scope) => identity.scopes.has(scope))) {
			throw new Problem('FORBIDDEN', {}, { detail: `The token lacks the scope ${scopes.join(' or ')}.` })
		}
	})
}

type Refusal = { challenge: string; detail: string }

/** The challenge for a token that is not valid. */
export const invalidTokenChallenge = 'Bearer error="invalid_token", error_description="The token is not valid"'

// Challenges of RFC 6750, section 3. The client is told that a token has expired, because it can get another one. It is not
// told which other check has failed.
const refusals = {
	missing: {
		challenge: 'Bearer',
		detail:
			'The request must have one `Authorization: Bearer …` header with one token. `GET /problems/unauthenticated` tells where a token comes from.',
	},
	invalid: {
		challenge: invalidTokenChallenge,
		detail: 'The token is not valid. `GET /problems/unauthenticated` tells where a token comes from.',
	},
	expired: {
		challenge: 'Bearer error="invalid_token", error_description="The token has expired"',
		detail: 'The token has expired. Get a fresh one and send the request again.',
	},
} satisfies Record<string, Refusal>

/**
 * The token of a request; undefined when it has none. Two headers count as none: Node shows only the first one, and a proxy
 * may have checked the other.
 */
export function bearerToken({ rawHeaders }: IncomingMessage): string | undefined {
	const [authorization = '', another] = valuesOf('authorization', rawHeaders)
	return another === undefined ? readBearer(authorization) : undefined
}
