import type { IncomingMessage } from 'node:http'
import fastifyJwt, { type FastifyJWTOptions } from '@fastify/jwt'
import { Problem } from '@mercat/order-api/problem'
import type { TokenConfig } from '@mercat/service/config'
import type { Logger } from '@mercat/service/log'
import { type Claims, type Identity, InvalidTokenError, rememberIdentities, tokenRules } from '@mercat/service/tokens'
import type { FastifyInstance } from 'fastify'
import { valuesOf } from './header-values.ts'
import { addressKey, type RateLimit } from './rate-limit.ts'
import { traceIdOf } from './trace-id.ts'

declare module 'fastify' {
	interface FastifyRequest {
		/** Who calls; only in the scope of {@link requireSignIn}. */
		identity: Identity
	}
	interface FastifyContextConfig {
		/** The scopes of which a token needs one for this route. */
		scopes?: string[]
	}
}

/** Lets `app` verify tokens; {@link requireSignIn} makes a scope of it ask for them. */
export async function registerTokens(app: FastifyInstance, config: TokenConfig, log: Logger): Promise<void> {
	const { key, options } = tokenRules(config, log)
	// fast-jwt takes a function that finds the key of a token; the plugin's types know of fixed keys only.
	const verify = { ...options, key } as FastifyJWTOptions['verify']
	await app.register(fastifyJwt, { secret: { public: 'given with the rules' }, verify })
	app.decorateRequest('identity', null as unknown as Identity)
}

/** Every route of this scope, also one that is added later, answers only those whose token has the scope that the route names. */
export function requireSignIn(app: FastifyInstance, rateLimit: RateLimit, log: Pick<Logger, 'debug'>): void {
	const whoHas = rememberIdentities(async (token) => app.jwt.verify<Claims>(token))
	app.addHook('onRoute', ({ url, config }) => {
		if (config?.scopes === undefined) throw new TypeError(`the route ${url} names no scope`)
	})
	const refused = (raw: IncomingMessage, err: unknown): undefined => {
		// Which check failed stays between us and the log.
		log.debug({ traceId: traceIdOf(raw), err }, 'token refused')
	}
	// Undefined for whoever shows no valid token.
	const identify = (raw: IncomingMessage): Identity | undefined | Promise<Identity | undefined> => {
		const token = bearerToken(raw)
		if (token === undefined) return refused(raw, new InvalidTokenError('there is no one bearer token'))
		const identity = whoHas(token)
		return identity instanceof Promise ? identity.catch((error) => refused(raw, error)) : identity
	}

	// Waits only where there is something to wait for: each wait costs a request more than what most of them check.
	app.addHook('onRequest', async (request, reply) => {
		const found = identify(request.raw)
		const identity = found instanceof Promise ? await found : found
		// Whoever is not signed in is counted by address, so that guessing tokens is limited, too.
		const counted = rateLimit.count(
			identity === undefined ? addressKey(request) : `customer:${identity.subject}`,
			reply,
		)
		if (counted !== undefined) await counted
		if (identity === undefined) throw new Problem('UNAUTHENTICATED')
		const { scopes = [] } = request.routeOptions.config
		if (!scopes.some((scope) => identity.scopes.has(scope))) {
			throw new Problem('FORBIDDEN', {}, { detail: `The token lacks the scope ${scopes.join(' or ')}.` })
		}
		request.identity = identity
	})
}

// Of two such headers Node shows the first one only; a proxy may have looked at the other.
function bearerToken({ rawHeaders }: IncomingMessage): string | undefined {
	const [authorization = '', another] = valuesOf('authorization', rawHeaders)
	return another === undefined ? /^Bearer (\S+)$/i.exec(authorization)?.[1] : undefined
}
