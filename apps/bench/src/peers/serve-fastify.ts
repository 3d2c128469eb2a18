import fastifyJwt from '@fastify/jwt'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { createLog } from '@mercat/service/log'
import { runService } from '@mercat/service/run'
import { fastify } from 'fastify'
import { customers, tokenIssuer } from '../running/shop.ts'

const limits = { drainDelayMs: 0, shutdownTimeoutMs: 5_000 }

/** Creates a typical hand-written Fastify server: no request log, and every route verifies the token. */
export async function createPeerApp(secret: string) {
	const app = fastify({ logger: false }).withTypeProvider<TypeBoxTypeProvider>()
	await app.register(fastifyJwt, {
		secret,
		verify: {
			algorithms: ['HS256'],
			allowedIss: tokenIssuer.issuer,
			allowedAud: tokenIssuer.audience,
			// The fastest setting of fast-jwt: it verifies each token once and remembers it.
			cache: 2 * customers.length,
		},
	})
	app.addHook('onRequest', async (request) => {
		await request.jwtVerify()
	})
	return app
}

type PeerApp = Awaited<ReturnType<typeof createPeerApp>>

/** Serves on a free port until a signal stops the process. */
export async function serveFastify(app: PeerApp): Promise<never> {
	const start = async () => {
		await app.listen({ host: '127.0.0.1', port: 0 })
		const { port } = app.server.address() as { port: number }
		return { address: { host: '127.0.0.1', port }, announceShutdown() {}, close: () => app.close() }
	}
	return runService(start, { log: createLog('peer', 'warn'), ...limits })
}
