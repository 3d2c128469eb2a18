import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { DeliveryLedger } from './delivery-ledger.ts'

/** What a receiver does with a delivery: it answers 204 at once, it answers 204 late, or it never answers. */
export type Behaviour = 'answers' | 'is-slow' | 'hangs'

const usualSlowAnswerMs = 5_000

/**
 * Receives the deliveries to `POST /BEHAVIOUR/RECEIVER`, and tells about them at `GET /counts?RECEIVER&...` and
 * `POST /delays?RECEIVER&...`.
 */
export function createReceiverServer(ledger: DeliveryLedger, slowAnswerMs = usualSlowAnswerMs): Server {
	// A connection that the server closes while it is idle could cost a delivery one more attempt.
	const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
		handle(request, response).catch((error: Error) => response.writeHead(400).end(error.message))
	})

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const [, action, ...rest] = (request.url as string).split(/[/?]/)
		const receivers = () => (rest[0] ?? '').split('&').filter((name) => name !== '')
		switch (action) {
			case 'counts':
				return answerJson(response, ledger.counts(receivers()))
			case 'delays':
				return answerJson(response, ledger.takeDelays(receivers()))
			case 'hangs':
				request.resume()
				return
			case 'is-slow':
				await receive(request, rest[0] as string)
				setTimeout(() => response.writeHead(204).end(), slowAnswerMs)
				return
			case 'answers':
				await receive(request, rest[0] as string)
				response.writeHead(204).end()
				return
			default:
				response.writeHead(404).end()
		}
	}

	async function receive(request: IncomingMessage, receiver: string): Promise<void> {
		const body = await text(request)
		ledger.record(receiver, request.headers['webhook-id'] as string, timeOf(body), Date.now())
	}

	return server
}

function answerJson(response: ServerResponse, value: unknown): void {
	response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/**
 * The time of a CloudEvent. To parse the whole event would take CPU time from the services on the same machine. The
 * members before `time` are ids and names, which cannot contain it.
 *
 * @throws TypeError when there is none
 */
function timeOf(event: string): number {
	const time = /"time":"([^"]+)"/.exec(event)?.[1]
	const ms = Date.parse(time ?? '')
	if (Number.isNaN(ms)) throw new TypeError('the event has no time')
	return ms
}
