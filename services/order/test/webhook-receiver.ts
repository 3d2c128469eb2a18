import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { eventually } from '@mercat/testing/eventually'
import { Webhook } from 'standardwebhooks'

/** The data of an event, in its present form or in the form of an earlier version of the service. */
// biome-ignore lint/suspicious/noExplicitAny: a test asks for any part of any form
type EventData = { version: number } & Record<string, any>

export type Delivery = {
	webhookId: string
	contentType: string | undefined
	event: { id: string; type: string; subject: string; time: string; data: EventData } & Record<string, unknown>
}

/** The answer to a delivery: a status, with headers where a test needs some, or `hang` for none. */
export type Answer = number | { status: number; headers: Record<string, string> } | 'hang'

export type WebhookReceiver = Awaited<ReturnType<typeof startWebhookReceiver>>

const patienceMs = 90_000

/** A receiver of events, as the owner of a shop would write it. */
export async function startWebhookReceiver(secret: string) {
	const webhook = secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' })
	const taken: Delivery[] = []
	const attempts: Delivery[] = []
	const forgeries: string[] = []
	let answer: (delivery: Delivery) => Answer = () => 204

	async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await text(request)
		try {
			// Also checks that the signature is not older than the standard allows.
			webhook.verify(body, request.headers as Record<string, string>)
		} catch (error) {
			forgeries.push(`${error}: ${JSON.stringify(request.headers)} ${body}`)
		}
		const delivery: Delivery = {
			webhookId: String(request.headers['webhook-id']),
			contentType: request.headers['content-type'],
			event: JSON.parse(body),
		}
		attempts.push(delivery)
		const decided = answer(delivery)
		if (decided === 'hang') return
		const { status, headers } = typeof decided === 'number' ? { status: decided, headers: {} } : decided
		if (status < 300) taken.push(delivery)
		response.writeHead(status, headers).end()
	}

	const server = createServer((request, response) => {
		receive(request, response).catch(() => response.destroy())
	})
	let port = 0
	async function listen(): Promise<void> {
		server.listen(port, '127.0.0.1')
		await once(server, 'listening')
		port = (server.address() as AddressInfo).port
	}
	async function stop(): Promise<void> {
		if (!server.listening) return
		server.close()
		server.closeAllConnections()
		await once(server, 'close')
	}
	await listen()

	const of = (deliveries: Delivery[], orderId?: string) =>
		deliveries.filter(({ event }) => orderId === undefined || event.subject === orderId)

	return {
		url: `http://127.0.0.1:${port}/events?of=orders`,
		/** Deliveries with a wrong signature. */
		forgeries,
		/** Deliveries that were answered with 2xx, of one order or of all. */
		taken: (orderId?: string) => of(taken, orderId),
		/** All deliveries, of one order or of all. */
		attempts: (orderId?: string) => of(attempts, orderId),
		/** Decides the answers from now on, and closes the connections of deliveries that hang. */
		answerWith(decide: (delivery: Delivery) => Answer): void {
			answer = decide
			server.closeAllConnections()
		},
		/** Waits until `count` different messages were answered with 2xx. */
		async tookAll(count: number, orderId?: string): Promise<void> {
			await eventually(
				() => {
					const ids = new Set(of(taken, orderId).map(({ webhookId }) => webhookId))
					if (ids.size < count) throw new Error(`${ids.size} of ${count} messages have come`)
				},
				{ timeout: patienceMs },
			)
		},
		/** Messages that came, for the first time, after a later message of their order. */
		disordered(): string[] {
			const versions = new Map<string, number>()
			const seen = new Set<string>()
			const found: string[] = []
			for (const { webhookId, event } of taken) {
				if (seen.has(webhookId)) continue
				seen.add(webhookId)
				if ((versions.get(event.subject) ?? 0) >= event.data.version) found.push(webhookId)
				versions.set(event.subject, event.data.version)
			}
			return found
		},
		/** Stops listening until `start`. */
		stop,
		start: listen,
		[Symbol.asyncDispose]: stop,
	}
}
