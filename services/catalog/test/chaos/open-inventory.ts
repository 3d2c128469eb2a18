import { randomUUID } from 'node:crypto'
import { Server, ServerCredentials } from '@grpc/grpc-js'
import { type CatalogClients, callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { errorDetails } from '@mercat/catalog-api/errors'
import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { ReservationResult__Output } from '@mercat/catalog-api/messages/ReservationResult'
import type { Database } from '@mercat/database/database'
import { createOpenStreams } from '@mercat/grpc-service/open-streams'
import { createRpcs } from '@mercat/grpc-service/rpc'
import { createLog } from '@mercat/service/log'
import { createPageTokens } from '@mercat/service/page-token'
import { createTokenVerifier, signToken, tokenRules } from '@mercat/service/tokens'
import type { Engine } from '@mercat/testing/test-database'
import { addInventoryService } from '../../src/inventory-service.ts'
import { createNewHoldStore } from '../../src/reservations/new-hold-store.ts'
import { createReservationRecordStore } from '../../src/reservations/reading/reservation-record-store.ts'
import { createReservationStore } from '../../src/reservations/reservation-store.ts'
import { sweepReservations } from '../../src/reservations/settling/sweep-reservations.ts'
import { createMovementStore } from '../../src/stock/movement-store.ts'
import { createStockStore } from '../../src/stock/stock-store.ts'
import { openCatalogDatabase } from '../catalog-database.ts'
import type { Lines, StockChange } from './stock-model.ts'

export type InventoryOperation =
	| { reserve: { orderId: string; lines: Lines; createOnly?: boolean }[] }
	| { commit: string[] }
	| { release: string[] }
	| { runOut: string }
	| { sweep: true }
	| { change: StockChange }

export type Inventory = Awaited<ReturnType<typeof openInventory>>

const tokens = { secret: randomUUID(), issuer: 'mercat', audience: 'mercat' }
const token = signToken(tokens, {
	subject: 'tester',
	scope: 'catalog:write stock:reserve',
	lifetimeMs: 86_400_000,
})

/**
 * Two replicas of the inventory service that share a database and have no timers that sweep. Their answers and the
 * rows of the database come in plain words and maps.
 */
export async function openInventory(engine: Engine, skus: string[]) {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(await openCatalogDatabase(engine, skus, { hasFixedPlans: false }))

	const reservations = createReservationStore(database)
	const replicas = [await serveInventory(database, opened), await serveInventory(database, opened)]
	const options = { timeoutMs: 60_000, token }

	/** Has one of the replicas perform an operation, and returns its answer in plain words. */
	async function perform(operation: InventoryOperation, replica = 0): Promise<unknown> {
		const { inventory } = replicas[replica % replicas.length] as CatalogClients

		if ('reserve' in operation) {
			const asked = { reservations: operation.reserve.map(toReservation) }
			const { results } = await callUnary(inventory, inventoryRpcs.ReserveStock, asked, options)
			return results.map(inWords)
		}
		if ('commit' in operation) {
			const asked = { orderIds: operation.commit }
			const { results } = await callUnary(inventory, inventoryRpcs.CommitReservations, asked, options)
			return results.map(({ refusalReason }) => refusalReason)
		}
		if ('release' in operation) {
			const asked = { orderIds: operation.release }
			const { results } = await callUnary(inventory, inventoryRpcs.ReleaseReservations, asked, options)
			return results.map(({ previousState }) => stateInWords(previousState))
		}
		if ('change' in operation) {
			const { kind, sku, amount, requestId } = operation.change
			const asked = { sku, requestId: requestId || randomUUID(), onHand: amount, delta: amount }
			const rpc = kind === 'set' ? inventoryRpcs.SetStock : inventoryRpcs.AdjustStock
			return callUnary(inventory, rpc, asked, options).then(
				({ level }) => `${level?.onHand} on hand, ${level?.held} held`,
				(error) => errorDetails(error).reason,
			)
		}
		if ('sweep' in operation) return sweepReservations(reservations)
		await database.query(
			"update reservation set expires_at = clock_timestamp() - interval '1 s' where order_id = $1 and state = 'held'",
			[operation.runOut],
		)
		return undefined
	}

	const resources = opened.move()
	return {
		database,
		/** Clients of one replica, and a token with every scope. */
		clients: replicas[0] as CatalogClients,
		token,
		perform,
		/** The present stock and reservations. `ledger` is the sum of the movements of a sku. */
		async read() {
			const levels = await database.query<{ sku: string; onHand: number; held: number; ledger: number }>(`
				select sku, on_hand as "onHand", held,
					(select coalesce(sum(delta), 0)::bigint from stock_movement where stock_movement.sku = stock.sku) as ledger
				from stock order by sku`)
			const held = await database.query<{ orderId: string; state: string; lines: Line[]; runOut: boolean }>(`
				select order_id as "orderId", state, lines, state = 'held' and expires_at <= clock_timestamp() as "runOut"
				from reservation order by order_id`)
			return { levels, reservations: held.map(({ lines, ...rest }) => ({ ...rest, lines: toLines(lines) })) }
		},
		/** Deletes everything but the products. */
		async clear(): Promise<void> {
			await database.query(
				'delete from reservation; delete from stock_movement; update stock set on_hand = 0, held = 0',
			)
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

async function serveInventory(database: Database, opened: AsyncDisposableStack): Promise<CatalogClients> {
	const log = createLog('test', 'silent')
	const verifyToken = createTokenVerifier(tokenRules(tokens, log))
	const rpcs = createRpcs({ log, verifyToken, streams: createOpenStreams() }, { requestLog: false, trustedScopes: [] })
	const server = new Server()
	opened.defer(() => server.forceShutdown())
	addInventoryService(server, {
		rpcs,
		stock: createStockStore(database),
		newHolds: createNewHoldStore(database),
		reservations: createReservationStore(database),
		reservationRecords: createReservationRecordStore(database),
		movements: createMovementStore(database),
		movementPageTokens: createPageTokens('only one process reads the tokens of a test'),
	})
	const port = await new Promise<number>((bound, failed) => {
		const done = (error: Error | null, port: number) => (error === null ? bound(port) : failed(error))
		server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), done)
	})
	return opened.adopt(createCatalogClients(`127.0.0.1:${port}`), (clients) => clients.close())
}

type Line = { sku: string; quantity: number }

function toLines(lines: Line[]): Lines {
	return Object.fromEntries(lines.map(({ sku, quantity }) => [sku, quantity]))
}

function toReservation({ lines, ...rest }: { orderId: string; lines: Lines; createOnly?: boolean }) {
	return {
		...rest,
		holdDuration: { seconds: 3600, nanos: 0 },
		lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity, expectedUnitPrice: null })),
	}
}

function inWords({ reservation, refusal }: ReservationResult__Output): string {
	if (refusal?.reason !== 'OUT_OF_STOCK') return refusal?.reason ?? stateInWords(reservation?.state)
	return `OUT_OF_STOCK ${refusal.lines.map(({ sku, availableQuantity }) => `${sku}:${availableQuantity}`)}`
}

function stateInWords(state: unknown): string {
	return String(state).replace('RESERVATION_STATE_', '').replace('UNSPECIFIED', '').toLowerCase()
}
