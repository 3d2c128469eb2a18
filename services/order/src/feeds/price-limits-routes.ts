import { isSku } from '@mercat/catalog-api/identifiers'
import {
	type PriceLimits,
	PriceLimitsParams,
	PriceLimitsSchema,
	type PriceLimitsSetting,
	PriceLimitsSettingSchema,
} from '@mercat/order-api/price-limit-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import type { FastifyContextConfig } from 'fastify'
import { catalogScope, forwardedToken } from '../http/forwarded-token.ts'
import { catalogProblems } from './catalog-problems.ts'

/** The limits of prices in the catalog, which is asked with the token of the caller. */
export type PriceLimitsRoutesNeeds = {
	getPriceLimits(sku: string, token: string, budget: Budget): Promise<PriceLimits>
	setPriceLimits(limits: PriceLimitsSetting & { sku: string }, token: string, budget: Budget): Promise<PriceLimits>
}

const tags = ['feeds']
const config = {
	scopes: [catalogScope],
	problems: [...catalogProblems, 'PRODUCT_NOT_FOUND'],
} satisfies FastifyContextConfig
const response = { 200: Type.Ref(PriceLimitsSchema, { description: 'The limits now' }) }

/** The routes about the limits of prices, for a scope that requires a sign-in. */
export function priceLimitsRoutes(app: FastifyTypeBox, needs: PriceLimitsRoutesNeeds): void {
	app.get(
		'/v1/price-limits/:sku',
		{
			config,
			schema: {
				operationId: 'getPriceLimits',
				summary: 'Read the limits of the price of a product',
				description: 'A price of a source that passes a limit is held. A person may set any price.',
				tags,
				params: PriceLimitsParams,
				response,
			},
		},
		(request) => needs.getPriceLimits(skuOf(request.params), forwardedToken(request), request.budget),
	)

	app.put(
		'/v1/price-limits/:sku',
		{
			config,
			schema: {
				operationId: 'setPriceLimits',
				summary: 'Set the limits of the price of a product',
				description: 'They take the place of the ones before: a limit that is null or missing is taken away.',
				tags,
				params: PriceLimitsParams,
				body: Type.Ref(PriceLimitsSettingSchema),
				response,
			},
		},
		(request) => {
			const limits = { ...request.body, sku: skuOf(request.params) }
			return needs.setPriceLimits(limits, forwardedToken(request), request.budget)
		},
	)
}

function skuOf({ sku }: { sku: string }): string {
	if (!isSku(sku)) throw new Problem('PRODUCT_NOT_FOUND')
	return sku
}
