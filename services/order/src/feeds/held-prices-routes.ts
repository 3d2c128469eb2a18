import { isUuid } from '@mercat/catalog-api/identifiers'
import {
	type DecidedPrice,
	DecidedPriceSchema,
	type HeldPriceList,
	HeldPriceListSchema,
	HeldPriceQuerySchema,
	HoldIdParams,
	type PriceDecision,
	PriceDecisionSchema,
} from '@mercat/order-api/held-price-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import type { FastifyContextConfig } from 'fastify'
import { catalogScope, forwardedToken } from '../http/forwarded-token.ts'
import { type AskedPage, pageOf } from './asked-page.ts'
import { catalogProblems } from './catalog-problems.ts'

/** A decision about the price that the caller has seen. */
type Decision = PriceDecision & { holdId: string }

/** The held prices in the catalog, which is asked with the token of the caller. */
export type HeldPricesRoutesNeeds = {
	/** An empty source or sku is any. */
	listHeldPrices(
		page: AskedPage & { source: string; sku: string },
		token: string,
		budget: Budget,
	): Promise<HeldPriceList>
	/** The same decision again changes nothing. */
	approveHeldPrice(decision: Decision, token: string, budget: Budget): Promise<DecidedPrice>
	/** The same decision again changes nothing. */
	rejectHeldPrice(decision: Decision, token: string, budget: Budget): Promise<DecidedPrice>
}

const tags = ['feeds']
const reads = { scopes: [catalogScope], problems: catalogProblems } satisfies FastifyContextConfig
const decides = {
	scopes: [catalogScope],
	problems: [...catalogProblems, 'HOLD_NOT_FOUND', 'HOLD_CHANGED'],
} satisfies FastifyContextConfig

const decision = { tags, params: HoldIdParams, body: Type.Ref(PriceDecisionSchema) }
const response = { 200: Type.Ref(DecidedPriceSchema, { description: 'The product with its price now' }) }

/** The routes about prices that wait for a decision, for a scope that requires a sign-in. */
export function heldPricesRoutes(app: FastifyTypeBox, needs: HeldPricesRoutesNeeds): void {
	app.get(
		'/v1/held-prices',
		{
			config: reads,
			schema: {
				operationId: 'listHeldPrices',
				summary: 'List the prices that are held, the oldest first',
				description: 'Each waits for a decision, because it differs too much. The old price sells on meanwhile.',
				tags,
				querystring: HeldPriceQuerySchema,
				response: { 200: Type.Ref(HeldPriceListSchema, { description: 'A page of held prices' }) },
			},
		},
		(request) => {
			const { source = '', sku = '', ...page } = request.query
			return needs.listHeldPrices({ ...pageOf(page), source, sku }, forwardedToken(request), request.budget)
		},
	)

	app.post(
		'/v1/held-prices/:id/approve',
		{
			config: decides,
			schema: {
				operationId: 'approveHeldPrice',
				summary: 'Give the product the price that is held',
				description:
					'Only if the held price is still the price of the body. Sent again, it changes nothing more and has the same answer.',
				...decision,
				response,
			},
		},
		(request) => needs.approveHeldPrice(decisionOf(request), forwardedToken(request), request.budget),
	)

	app.post(
		'/v1/held-prices/:id/reject',
		{
			config: decides,
			schema: {
				operationId: 'rejectHeldPrice',
				summary: 'Drop the price that is held',
				description:
					'Only if the held price is still the price of the body. The product keeps its price, and the same price of this source is not held again. Sent again, it changes nothing more.',
				...decision,
				response,
			},
		},
		(request) => needs.rejectHeldPrice(decisionOf(request), forwardedToken(request), request.budget),
	)
}

function decisionOf({ params, body }: { params: { id: string }; body: PriceDecision }): Decision {
	const holdId = params.id.toLowerCase()
	if (!isUuid(holdId)) throw new Problem('HOLD_NOT_FOUND')
	return { holdId, price: body.price }
}
