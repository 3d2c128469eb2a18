import { credentials, Metadata, status } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { Scope } from '@mercat/service/scopes'
import { newTraceContext } from '@mercat/service/trace-context'
import { expect, test } from 'vitest'
import { inBytes } from '../src/calls/request-bytes.ts'
import { responseStream } from '../src/calls/response-stream.ts'
import { createGrpcServer, listen } from '../src/server/grpc-server.ts'

const scope: Scope = 'market:read'

/** A stream whose caller leaves while the service still checks its token. Gives what the service does from then on. */
async function leaveDuringTheCheck(scopes: readonly Scope[] | undefined) {
	const asked = Promise.withResolvers<void>()
	const answer = Promise.withResolvers<void>()
	const left = Promise.withResolvers<void>()
	const handled = Promise.withResolvers<void>()
	const done: string[] = []
	const check = () => {
		asked.resolve()
		return answer.promise
	}
	const handle = responseStream(
		{
			streams: { add() {}, isDraining: false },
			verifyToken: async () => {
				await check()
				return { subject: 'tester', scopes: new Set([scope]), expiresAt: Date.now() + 60_000 }
			},
			isTrustedCaller: async () => {
				await check()
				return true
			},
			observe: () => ({
				traceId: '',
				needsTrust: true,
				start() {
					done.push('start the span')
					return newTraceContext()
				},
				end: () => left.resolve(),
			}),
			report: () => ({ code: status.INTERNAL }),
		},
		async () => {
			done.push('open the stream')
			return { end() {}, close() {} }
		},
		{ largestRequestKb: 1, ...(scopes && { scopes }) },
	)

	await using opened = new AsyncDisposableStack()
	const server = opened.adopt(createGrpcServer(), (server) => server.forceShutdown())
	server.addService(inBytes(catalogPackage.CatalogService.service), {
		WatchProducts: (call: Parameters<typeof handle>[0]) => void handle(call).finally(handled.resolve),
	})
	const address = `127.0.0.1:${await listen(server, '127.0.0.1:0', undefined)}`
	const client = opened.adopt(new catalogPackage.CatalogService(address, credentials.createInsecure()), (client) =>
		client.close(),
	)
	const metadata = new Metadata()
	metadata.set('authorization', 'Bearer any')
	const call = client.watchProducts({}, metadata)
	call.on('error', () => {})
	await asked.promise
	call.cancel()
	await left.promise
	answer.resolve()
	await handled.promise
	return done
}

test.each([
	['for a scope', [scope]],
	['that anyone may open', undefined],
])('a stream %s is not opened for a caller that has left during the check of its token', async (_name, scopes) => {
	expect(await leaveDuringTheCheck(scopes)).toEqual([])
})
