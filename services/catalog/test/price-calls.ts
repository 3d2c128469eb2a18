import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { ApplyPricesRequest } from '@mercat/catalog-api/messages/ApplyPricesRequest'
import type { PriceHold } from '@mercat/catalog-api/messages/PriceHold'
import type { PriceLimits } from '@mercat/catalog-api/messages/PriceLimits'
import { type TestCatalog, tokenFor } from './start-catalog.ts'

/** Prices in cents of EUR, by sku. */
export type Cents = Record<string, number>

/** The prices of a call, all with the same hold if one is given. */
export function pricesIn(cents: Cents, hold?: PriceHold): NonNullable<ApplyPricesRequest['prices']> {
	return Object.entries(cents).map(([sku, amountMinor]) => ({ sku, price: euros(amountMinor), hold }))
}

export function euros(amountMinor: number) {
	return { currencyCode: 'EUR', amountMinor }
}

/** The calls that tests make about prices of sources and their limits. */
export function priceCalls(catalog: TestCatalog, token: string | undefined = tokenFor('catalog:write')) {
	const options = { timeoutMs: 60_000, token }
	const client = catalog.catalog
	const calls = {
		applyRequest: (request: ApplyPricesRequest) => callUnary(client, catalogRpcs.ApplyPrices, request, options),
		apply: (source: string, sequence: number, cents: Cents, hold?: PriceHold) =>
			calls.applyRequest({ source, sequence, prices: pricesIn(cents, hold) }),
		/** The results without their prefix. */
		async results(source: string, sequence: number, cents: Cents, hold?: PriceHold): Promise<string[]> {
			const { outcomes } = await calls.apply(source, sequence, cents, hold)
			return outcomes.map(({ result }) => result.replace('RESULT_', ''))
		},
		setLimits: (limits: PriceLimits | undefined) => callUnary(client, catalogRpcs.SetPriceLimits, { limits }, options),
		getLimits: (sku: string) => callUnary(client, catalogRpcs.GetPriceLimits, { sku }, options),
	}
	return calls
}
