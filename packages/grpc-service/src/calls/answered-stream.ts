import { type ServerDuplexStream, status } from '@grpc/grpc-js'
import type { Logger } from '@mercat/service/log'
import type { Scope } from '@mercat/service/scopes'
import type { Identity } from '@mercat/service/tokens'
import type { TraceContext } from '@mercat/service/tracing'
import { GeneralError } from '../errors/general-error.ts'
import { failStream, reasonOf } from '../errors/service-error.ts'
import { type AuthorizeNeeds, authorize } from './authorize.ts'
import type { CallEnd } from './observe-calls.ts'
import { type RequestBytes, readStreamed } from './request-bytes.ts'
import type { ResponseStreamNeeds } from './response-stream.ts'

export type AnsweredStreamNeeds = AuthorizeNeeds &
	Pick<ResponseStreamNeeds, 'streams' | 'observe' | 'report'> & { log: Logger }

/**
 * Turns a function that answers a request into a handler of a stream both ways. It answers each request with one response, in
 * order.
 */
export function answeredStream<Request, Response>(
	{ streams, verifyToken, observe, report, log }: AnsweredStreamNeeds,
	scope: Scope,
	handle: (request: Request, trace: TraceContext, caller: Identity) => Promise<Response>,
) {
	return async (call: ServerDuplexStream<Request, Response>): Promise<void> => {
		const { traceId, start, end } = observe(call)
		let outcome: CallEnd = { code: status.OK }
		let messages = 0
		let isOver = false
		let isIdle = true
		const fail = (error: unknown) => {
			if (isOver || call.cancelled) return
			isOver = true
			const failure = report(error, call.getPath(), { traceId })
			outcome = { code: failure.code, reason: reasonOf(error) }
			failStream(call, failure)
		}
		const endAtDrain = () => {
			if (isIdle) fail(new GeneralError('SHUTTING_DOWN'))
		}
		// The caller may leave at any time. It sends unanswered requests again.
		call.on('error', (error) => {
			if (!isOver) log.debug({ err: error, method: call.getPath() }, 'stream broken')
		})
		try {
			const caller = await authorize(call.metadata, [scope], { verifyToken })
			const trace = start(true)
			streams.add('import', call, endAtDrain)
			// A destroyed call sends no status, so the end of the loop must not destroy it.
			for await (const request of call.iterator({ destroyOnReturn: false })) {
				isIdle = false
				const message = readStreamed(request as RequestBytes<Request, Response>)
				const response = await handle(message, trace, caller)
				messages++
				if (call.cancelled) break
				await send(call, response)
				isIdle = true
				if (streams.isDraining) throw new GeneralError('SHUTTING_DOWN')
			}
			if (!call.cancelled) call.end()
		} catch (error) {
			fail(error)
		}
		end({ ...outcome, facts: () => ({ messages }) })
	}
}

// Resolves when the response is on its way, or when the caller has left.
function send<Response>(call: ServerDuplexStream<unknown, Response>, response: Response): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			call.off('close', done)
			resolve()
		}
		call.once('close', done)
		call.write(response, done)
	})
}
