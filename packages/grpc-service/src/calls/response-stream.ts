import { finished, type Writable } from 'node:stream'
import { type Metadata, type ServerWritableStream, type ServiceError, status } from '@grpc/grpc-js'
import type { Scope } from '@mercat/service/scopes'
import { GeneralError } from '../errors/general-error.ts'
import { failStream, reasonOf } from '../errors/service-error.ts'
import { createStreamOutput } from '../http2/create-stream-output.ts'
import type { OpenStreams } from '../streams/open-streams.ts'
import type { StreamOutput } from '../streams/stream-output.ts'
import { type AuthorizeNeeds, authorize } from './authorize.ts'
import type { CallEnd, CallToObserve, ObservedCall } from './observe-calls.ts'
import { type RequestBytes, readRequest } from './request-bytes.ts'

/** A stream of responses that a method has opened. */
export type OpenedStream = {
	/** Ends the stream soon, because the server drains. */
	end(): void
	/** The stream is over. */
	close(): void
}

/** Opens a stream for a request. */
export type OpenResponses<Request> = (request: Request, output: StreamOutput) => Promise<OpenedStream>

export type ResponseStreamNeeds = AuthorizeNeeds & {
	streams: Pick<OpenStreams, 'add' | 'isDraining'>
	observe(call: CallToObserve): ObservedCall
	/** Whether the caller may decide that the call is traced. */
	isTrustedCaller(metadata: Metadata): Promise<boolean>
	report(error: unknown, method: string, facts: { traceId: string }): Partial<ServiceError> & { code: status }
}

export type ResponseStreamOptions = {
	largestRequestKb: number
	/** One of these a caller's token needs, and the stream ends when the token does. Anyone may call without it. */
	scopes?: readonly Scope[]
}

// Node fires longer timers at once. No stream lives as long.
const longestTimerMs = 2 ** 31 - 1

/** Turns a function that opens a stream of responses into a handler of grpc-js. */
export function responseStream<Request, Response>(
	{ streams, isTrustedCaller, verifyToken, observe, report }: ResponseStreamNeeds,
	open: OpenResponses<Request>,
	{ largestRequestKb, scopes }: ResponseStreamOptions,
) {
	return async (call: ServerWritableStream<Request, Response>): Promise<void> => {
		const { traceId, needsTrust, start, end } = observe(call)
		let outcome: CallEnd = { code: status.OK }
		let opened: OpenedStream | undefined
		let expiry: NodeJS.Timeout | undefined
		let isOver = false
		const fail = (error: unknown) => {
			if (isOver || call.cancelled) return
			const failure = report(error, call.getPath(), { traceId })
			outcome = { code: failure.code, reason: reasonOf(error) }
			failStream(call, failure)
		}
		const output = createStreamOutput(call, fail)
		const expire = () => fail(new GeneralError('UNAUTHENTICATED', { text: 'the token has expired' }))
		const endAtDrain = () => (opened === undefined ? fail(new GeneralError('SHUTTING_DOWN')) : opened.end())
		finished(call as Writable, {}, () => {
			isOver = true
			clearTimeout(expiry)
			opened?.close()
			end({ ...outcome, facts: () => ({ messages: output.messages() }) })
		})
		try {
			if (scopes === undefined) {
				streams.add('watch', call, endAtDrain)
				// A token tells a caller that is trusted.
				const isTrusted = needsTrust && (await isTrustedCaller(call.metadata))
				if (isOver) return
				start(isTrusted)
			} else {
				const { expiresAt } = await authorize(call.metadata, scopes, { verifyToken })
				if (isOver) return
				streams.add('watch', call, endAtDrain)
				start(true)
				expiry = setTimeout(expire, Math.min(expiresAt - Date.now(), longestTimerMs))
			}
			const request = readRequest(call.request as RequestBytes<Request, Response>, largestRequestKb)
			opened = await open(request, output)
			if (isOver) opened.close()
			else if (streams.isDraining) opened.end()
		} catch (error) {
			fail(error)
		}
	}
}
