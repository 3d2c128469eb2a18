import type { IncomingMessage } from 'node:http'
import fastifyJwt, { type FastifyJWTOptions } from '@fastify/jwt'
import { Problem } from '@mercat/order-api/problem'
import type { TokenConfig } from '@mercat/service/config'
import type { Logger } from '@mercat/service/log'
import {
	type Claims,
	type Identity,
	InvalidTokenError,
	readBearer,
	rememberIdentities,
	tokenRules,
} from '@mercat/service/tokens'
import type { FastifyInstance } from 'fastify'
import { valuesOf } from './header-values.ts'
import { traceIdOf } from './observed-request.ts'
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
export async function registerTokens(app: FastifyInstance, config: TokenConfig, log: Logger): Promise<void> {
	const { key, options } = tokenRules(config, log)
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
	// Undefined when the request has no valid token.
	const identify = async (raw: IncomingMessage): Promise<Identity | undefined> => {
		try {
			return await identityOf(bearerToken(raw))
		} catch (err) {
			// The client is not told which check failed.
			log.debug({ traceId: traceIdOf(raw), err }, 'token refused')
			return undefined
		}
	}

	app.addHook('onRequest', async (request, reply) => {
		const identity = await identify(request.raw)
		if (identity !== undefined) request.identity = identity
		// A request without a valid token counts for its address, so that guesses at tokens are limited, too.
		await rateLimit.count(identity === undefined ? addressKey(request) : `customer:${identity.subject}`, reply)
		if (identity === undefined) throw new Problem('UNAUTHENTICATED')
		const { scopes = [] } = request.routeOptions.config
		if (!scopes.some((scope) => identity.scopes.has(scope))) {
			throw new Problem('FORBIDDEN', {}, { detail: `The token lacks the scope ${scopes.join(' or ')}.` })
		}
	})
}

// Two headers are refused: Node shows only the first one, and a proxy may have checked the other.
function bearerToken({ rawHeaders }: IncomingMessage): string {
	const [authorization = '', another] = valuesOf('authorization', rawHeaders)
	const token = another === undefined ? readBearer(authorization) : undefined
	if (token === undefined) throw new InvalidTokenError('the request must have one bearer token')
	return token
}
