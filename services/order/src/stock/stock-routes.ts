import { isSku } from '@mercat/catalog-api/identifiers'
import {
	type StockAdjustment,
	StockAdjustmentSchema,
	type StockLevel,
	StockLevelSchema,
	type StockMovementList,
	StockMovementListSchema,
	StockMovementQuerySchema,
	type StockSetting,
	StockSettingSchema,
	StockSkuParams,
} from '@mercat/order-api/stock-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { valuesOf } from '@mercat/rest-service/header-values'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import type { FastifyContextConfig, FastifyReply, FastifyRequest } from 'fastify'
import { catalogScope, forwardedToken } from '../http/forwarded-token.ts'
import { readIdempotencyKey } from '../placing/idempotency-key.ts'
import { changeIdOf } from './change-id.ts'

type Change = { sku: string; requestId: string }
type Outcome = { level: StockLevel; isRepeated: boolean }
type Page = { sku: string; pageSize: number; pageToken: string }

/** The stock in the catalog, which is asked with the token of the caller. */
export type StockRoutesNeeds = {
	getStock(sku: string, token: string, budget: Budget): Promise<StockLevel>
	listStockMovements(page: Page, token: string, budget: Budget): Promise<StockMovementList>
	/** The same request id changes the stock once. */
	adjustStock(change: Change & StockAdjustment, token: string, budget: Budget): Promise<Outcome>
	/** The same request id changes the stock once. */
	setStock(change: Change & StockSetting, token: string, budget: Budget): Promise<Outcome>
}

const tags = ['stock']
const ofTheCatalog: ProblemCode[] = ['PRODUCT_NOT_FOUND', 'CATALOG_ERROR', 'CATALOG_UNAVAILABLE', 'CATALOG_TIMEOUT']
const reads = { scopes: [catalogScope], problems: ofTheCatalog } satisfies FastifyContextConfig
const changes = {
	scopes: [catalogScope],
	problems: [...ofTheCatalog, 'STOCK_HELD', 'IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_INVALID'],
	answerHeaders: ['Idempotent-Replayed'],
} satisfies FastifyContextConfig

const IdempotencyKeyHeader = Type.Object({
	'idempotency-key': Type.Optional(
		Type.String({ description: 'Required. Made anew for each change, and sent again when the change is sent again' }),
	),
})

const level = { 200: Type.Ref(StockLevelSchema, { description: 'The stock now' }) }
// The catalog would clamp a larger page size, too, but its integers are smaller than the integers of a query.
const largestPageSize = 100

/** The routes about the stock of products, for a scope that requires a sign-in. */
export function stockRoutes(app: FastifyTypeBox, needs: StockRoutesNeeds): void {
	app.get(
		'/v1/stock/:sku',
		{
			config: reads,
			schema: {
				operationId: 'getStock',
				summary: 'Read the stock of a product',
				description: 'How many pieces there are, and how many of them orders hold.',
				tags,
				params: StockSkuParams,
				response: level,
			},
		},
		(request) => needs.getStock(skuOf(request.params), forwardedToken(request), request.budget),
	)

	app.get(
		'/v1/stock/:sku/movements',
		{
			config: reads,
			schema: {
				operationId: 'listStockMovements',
				summary: 'List the changes of the stock of a product, newest first',
				description: 'Each change of the quantity on hand: by hand, by an import, by a sale. All deltas add up to it.',
				tags,
				params: StockSkuParams,
				querystring: StockMovementQuerySchema,
				response: { 200: Type.Ref(StockMovementListSchema, { description: 'A page of changes' }) },
			},
		},
		(request) => {
			const { pageSize, pageToken } = request.query
			const page = { sku: skuOf(request.params), pageSize: Math.min(pageSize, largestPageSize), pageToken }
			return needs.listStockMovements(page, forwardedToken(request), request.budget)
		},
	)

	app.post(
		'/v1/stock/:sku/adjust',
		{
			config: changes,
			schema: {
				operationId: 'adjustStock',
				summary: 'Add pieces to the stock of a product, or take pieces from it',
				description:
					'For a delivery, a loss or a find. Sent again with the same key, it changes nothing more, whatever its body says.',
				tags,
				params: StockSkuParams,
				headers: IdempotencyKeyHeader,
				body: Type.Ref(StockAdjustmentSchema),
				response: level,
			},
		},
		async (request, reply) => {
			const change = { ...request.body, ...changeOf(request, request.params) }
			return answer(reply, await needs.adjustStock(change, forwardedToken(request), request.budget))
		},
	)

	app.post(
		'/v1/stock/:sku/set',
		{
			config: changes,
			schema: {
				operationId: 'setStock',
				summary: 'Set the stock of a product to what was counted',
				description:
					'The ledger gets the difference. Sent again with the same key, it changes nothing more, whatever its body says.',
				tags,
				params: StockSkuParams,
				headers: IdempotencyKeyHeader,
				body: Type.Ref(StockSettingSchema),
				response: level,
			},
		},
		async (request, reply) => {
			const change = { ...request.body, ...changeOf(request, request.params) }
			return answer(reply, await needs.setStock(change, forwardedToken(request), request.budget))
		},
	)
}

function skuOf({ sku }: { sku: string }): string {
	if (!isSku(sku)) throw new Problem('PRODUCT_NOT_FOUND')
	return sku
}

function changeOf({ identity, raw }: FastifyRequest, params: { sku: string }): Change {
	const key = readIdempotencyKey(valuesOf('idempotency-key', raw.rawHeaders))
	return { sku: skuOf(params), requestId: changeIdOf(identity.subject, key) }
}

function answer(reply: FastifyReply, { level, isRepeated }: Outcome): StockLevel {
	if (isRepeated) reply.header('idempotent-replayed', 'true')
	return level
}
