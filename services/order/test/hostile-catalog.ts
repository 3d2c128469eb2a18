import { Metadata, Server, ServerCredentials, type ServiceError, type sendUnaryData } from '@grpc/grpc-js'
import { errorDetailsMetadata } from '@mercat/catalog-api/errors'
import { catalogPackage, catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { CommitReservationsRequest__Output } from '@mercat/catalog-api/messages/CommitReservationsRequest'
import type { CommitReservationsResponse } from '@mercat/catalog-api/messages/CommitReservationsResponse'
import type { GetProductResponse } from '@mercat/catalog-api/messages/GetProductResponse'
import type { ReservationRequest__Output } from '@mercat/catalog-api/messages/ReservationRequest'
import type { ReserveStockRequest__Output } from '@mercat/catalog-api/messages/ReserveStockRequest'
import type { ReserveStockResponse } from '@mercat/catalog-api/messages/ReserveStockResponse'

/** A message, bytes in place of a message, or an error. */
export type Reply<Response> = Response | Buffer | Error

export type CommitReservations = (request: CommitReservationsRequest__Output) => Reply<CommitReservationsResponse>

export type ReserveStock = (request: ReserveStockRequest__Output) => Reply<ReserveStockResponse>

export const unitPriceMinor = 1299

/** A valid result: all lines are reserved at one price. */
export function goodResult({ orderId, lines }: ReservationRequest__Output) {
	const quantity = lines.reduce((sum, line) => sum + line.quantity, 0)
	return {
		orderId,
		reservation: {
			state: 'RESERVATION_STATE_HELD' as const,
			lines: lines.map((line) => ({
				sku: line.sku,
				title: 'A thing',
				quantity: line.quantity,
				unitPrice: { currencyCode: 'EUR', amountMinor: unitPriceMinor },
			})),
			total: { currencyCode: 'EUR', amountMinor: unitPriceMinor * quantity },
			expireTime: { seconds: 4_000_000_000 },
		},
	}
}

export const goodReserveStock: ReserveStock = ({ reservations }) => ({ results: reservations.map(goodResult) })

const goodCommitReservations: CommitReservations = ({ orderIds }) => ({
	results: orderIds.map((orderId) => ({ orderId, refusalReason: '' })),
})

type FailOptions = { reason?: string; metadata?: Record<string, string>; retryDelayMs?: number }

/** The error of a call. With a reason it carries `google.rpc.ErrorInfo`, as errors of the catalog itself do. */
export function failWith(code: number, { reason = '', metadata = {}, retryDelayMs }: FailOptions = {}): Error {
	const trailers = reason === '' ? new Metadata() : errorDetailsMetadata(code, 'no', { reason, retryDelayMs })
	for (const [key, value] of Object.entries(metadata)) trailers.set(key, value)
	return Object.assign(new Error('no'), { code, details: 'no', metadata: trailers })
}

/** A catalog on a free port whose answers the test decides. */
export async function startHostileCatalog() {
	const hostile = {
		address: '',
		/** The number of calls of ReserveStock. */
		calls: 0,
		/** The `traceparent` of each call of ReserveStock. */
		traceparents: [] as (string | undefined)[],
		reserveStock: goodReserveStock,
		/** The orders of each call of CommitReservations. */
		commits: [] as string[][],
		commitReservations: goodCommitReservations,
		getProduct: (): Reply<GetProductResponse> => failWith(5, { reason: 'PRODUCT_NOT_FOUND' }),
		async [Symbol.asyncDispose]() {
			server.forceShutdown()
		},
	}
	const server = new Server({ 'grpc.max_send_message_length': -1 })
	const bytes = (message: Buffer) => message
	server.addService(
		{
			ReserveStock: { ...catalogPackage.InventoryService.service.ReserveStock, responseSerialize: bytes },
			CommitReservations: { ...catalogPackage.InventoryService.service.CommitReservations, responseSerialize: bytes },
		},
		{
			ReserveStock(
				call: { request: ReserveStockRequest__Output; metadata: Metadata },
				callback: sendUnaryData<Buffer>,
			) {
				hostile.calls++
				hostile.traceparents.push(call.metadata.get('traceparent')[0]?.toString())
				answer(hostile.reserveStock(call.request), inventoryRpcs.ReserveStock.responseSerialize, callback)
			},
			CommitReservations(call: { request: CommitReservationsRequest__Output }, callback: sendUnaryData<Buffer>) {
				hostile.commits.push(call.request.orderIds)
				answer(hostile.commitReservations(call.request), inventoryRpcs.CommitReservations.responseSerialize, callback)
			},
		},
	)
	server.addService(
		{ GetProduct: { ...catalogPackage.CatalogService.service.GetProduct, responseSerialize: bytes } },
		{
			GetProduct(_call: unknown, callback: sendUnaryData<Buffer>) {
				answer(hostile.getProduct(), catalogRpcs.GetProduct.responseSerialize, callback)
			},
		},
	)
	const port = await new Promise<number>((bound, failed) => {
		server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, free) =>
			error ? failed(error) : bound(free),
		)
	})
	hostile.address = `127.0.0.1:${port}`
	return hostile
}

export type HostileCatalog = Awaited<ReturnType<typeof startHostileCatalog>>

function answer<Response>(
	reply: Reply<Response>,
	serialize: (response: never) => Buffer,
	callback: sendUnaryData<Buffer>,
): void {
	if (reply instanceof Error) callback(reply as ServiceError)
	else callback(null, Buffer.isBuffer(reply) ? reply : serialize(reply as never))
}
