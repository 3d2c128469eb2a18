import type { FieldViolation } from '@mercat/catalog-api/errors'
import type { GetPriceLimitsRequest__Output as GetRequest } from '@mercat/catalog-api/messages/GetPriceLimitsRequest'
import type { GetPriceLimitsResponse } from '@mercat/catalog-api/messages/GetPriceLimitsResponse'
import type { PriceLimits as PriceLimitsMessage } from '@mercat/catalog-api/messages/PriceLimits'
import type { SetPriceLimitsRequest__Output as SetRequest } from '@mercat/catalog-api/messages/SetPriceLimitsRequest'
import type { SetPriceLimitsResponse } from '@mercat/catalog-api/messages/SetPriceLimitsResponse'
import { invalidField, invalidRequest } from '@mercat/grpc-service/invalid-request'
import { checkSku, skuProblem } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import type { Identity } from '@mercat/service/tokens'
import { productNotFound } from '../../errors/catalog-error.ts'
import { moneyViolations } from '../../errors/money-violations.ts'
import type { PriceLimits } from '../../held-prices/judge-price.ts'

export type GetPriceLimitsNeeds = {
	/** The limits of a product, null when it has none; undefined when there is no such product. */
	find(sku: string, budget: Budget): Promise<PriceLimits | null | undefined>
}

export type SetPriceLimitsNeeds = {
	/**
	 * Replaces the limits of a product.
	 *
	 * @param limits null removes them
	 * @returns whether there is such a product
	 */
	replace(sku: string, limits: PriceLimits | null, who: string, budget: Budget): Promise<boolean>
}

/** The limits for prices of sources. */
export function getPriceLimits({ find }: GetPriceLimitsNeeds) {
	return async ({ sku }: GetRequest, budget: Budget): Promise<GetPriceLimitsResponse> => {
		checkSku(sku)
		const limits = await find(sku, budget)
		if (limits === undefined) throw productNotFound([sku])
		return { limits: toMessage(sku, limits) }
	}
}

/** Sets both limits for prices of sources. The same call again changes nothing. */
export function setPriceLimits({ replace }: SetPriceLimitsNeeds) {
	return async (
		{ limits: message }: SetRequest,
		budget: Budget,
		{ subject: who }: Pick<Identity, 'subject'>,
	): Promise<SetPriceLimitsResponse> => {
		const { sku, limits } = readLimits(message)
		if (!(await replace(sku, limits, who, budget))) throw productNotFound([sku])
		return { limits: toMessage(sku, limits) }
	}
}

function readLimits(message: SetRequest['limits']): { sku: string; limits: PriceLimits | null } {
	if (message === null) throw invalidField('limits', 'is required')
	const { sku, floor, ceiling } = message
	const violations: FieldViolation[] = [
		...(floor === null ? [] : moneyViolations('limits.floor', floor)),
		...(ceiling === null ? [] : moneyViolations('limits.ceiling', ceiling)),
	]
	const problem = skuProblem(sku)
	if (problem !== undefined) violations.unshift({ field: 'limits.sku', description: problem })
	if (floor !== null && ceiling !== null && violations.length === 0) {
		if (ceiling.currencyCode !== floor.currencyCode) {
			violations.push({ field: 'limits.ceiling.currency_code', description: 'must be that of the floor' })
		} else if (ceiling.amountMinor < floor.amountMinor) {
			violations.push({ field: 'limits.ceiling.amount_minor', description: 'must not be below the floor' })
		}
	}
	if (violations.length > 0) throw invalidRequest(violations)
	const currency = (floor ?? ceiling)?.currencyCode
	if (currency === undefined) return { sku, limits: null }
	return {
		sku,
		limits: { currency, floorMinor: floor?.amountMinor ?? null, ceilingMinor: ceiling?.amountMinor ?? null },
	}
}

function toMessage(sku: string, limits: PriceLimits | null): PriceLimitsMessage {
	const money = (amountMinor: number | null | undefined) =>
		limits === null || amountMinor === null || amountMinor === undefined
			? null
			: { currencyCode: limits.currency, amountMinor }
	return { sku, floor: money(limits?.floorMinor), ceiling: money(limits?.ceilingMinor) }
}
