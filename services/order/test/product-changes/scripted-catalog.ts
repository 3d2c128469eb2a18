import { Server, ServerCredentials, type ServerWritableStream, type ServiceError, type status } from '@grpc/grpc-js'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { errorDetailsMetadata } from '@mercat/catalog-api/errors'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { WatchProductsRequest__Output } from '@mercat/catalog-api/messages/WatchProductsRequest'
import type { WatchProductsResponse } from '@mercat/catalog-api/messages/WatchProductsResponse'
import { toTimestamp } from '@mercat/catalog-api/timestamps'
import { eventually } from '@mercat/testing/eventually'

type Call = ServerWritableStream<WatchProductsRequest__Output, WatchProductsResponse>

/** A stream of the scripted catalog. */
export type ScriptedStream = {
	/** The token with which it was opened. */
	token: string
	isOpen(): boolean
	send(response: WatchProductsResponse): void
	/** Ends it as it should end. */
	end(): void
	fail(code: status, reason: string): void
}

/** A catalog whose streams of changes do what the test says. */
export async function startScriptedCatalog() {
	const streams: ScriptedStream[] = []
	const server = new Server()
	server.addService(
		{ WatchProducts: catalogPackage.CatalogService.service.WatchProducts },
		{ WatchProducts: (call: Call) => void streams.push(scripted(call)) },
	)
	const port = await new Promise<number>((bound, failed) => {
		server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, free) =>
			error ? failed(error) : bound(free),
		)
	})
	const clients = createCatalogClients(`127.0.0.1:${port}`)
	return {
		clients,
		streams,
		open: () => streams.filter(({ isOpen }) => isOpen()),
		/** Waits for the next stream after `count` others. */
		next: (count: number) =>
			eventually(() => {
				const stream = streams[count]
				if (stream === undefined) throw new Error(`${streams.length} streams`)
				return stream
			}),
		[Symbol.dispose]() {
			clients.close()
			server.forceShutdown()
		},
	}
}

function scripted(call: Call): ScriptedStream {
	let isOpen = true
	call.once('cancelled', () => {
		isOpen = false
	})
	return {
		token: call.request.resumeToken,
		isOpen: () => isOpen,
		send: (response) => void call.write(response),
		end() {
			isOpen = false
			call.end()
		},
		fail(code, reason) {
			isOpen = false
			const error: Partial<ServiceError> = {
				code,
				details: 'no',
				metadata: errorDetailsMetadata(code, 'no', { reason }),
			}
			call.emit('error', error)
		},
	}
}

/** A message at a position, whose changes are the quantities of products or changes of their prices. */
export function messageAt(
	position: number,
	second: number,
	changes: { sku: string; price?: number; available?: number }[] = [],
): WatchProductsResponse {
	return {
		position,
		resumeToken: `at-${position}-${second}`,
		asOf: toTimestamp(new Date(second * 1_000)),
		changes: changes.map(({ sku, price, available }) =>
			price === undefined
				? { sku, availableQuantity: available ?? 0 }
				: {
						sku,
						price: { price: { currencyCode: 'EUR', amountMinor: price } },
						changeTime: toTimestamp(new Date(second)),
					},
		),
	}
}
