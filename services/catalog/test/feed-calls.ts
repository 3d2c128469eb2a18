import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { FinishFeedRunRequest } from '@mercat/catalog-api/messages/FinishFeedRunRequest'
import type { HeldPrice__Output } from '@mercat/catalog-api/messages/HeldPrice'
import type { HoldResolution__Output } from '@mercat/catalog-api/messages/HoldResolution'
import type { ImportProductsRequest } from '@mercat/catalog-api/messages/ImportProductsRequest'
import type { ImportProductsResponse__Output } from '@mercat/catalog-api/messages/ImportProductsResponse'
import type { ListFeedRunsRequest } from '@mercat/catalog-api/messages/ListFeedRunsRequest'
import type { ListFeedsRequest } from '@mercat/catalog-api/messages/ListFeedsRequest'
import type { ListHeldPricesRequest } from '@mercat/catalog-api/messages/ListHeldPricesRequest'
import type { ListSourceSkusRequest } from '@mercat/catalog-api/messages/ListSourceSkusRequest'
import type { RetireAction__Output } from '@mercat/catalog-api/messages/RetireAction'
import { product, type TestCatalog, tokenFor } from './start-catalog.ts'

type Prices = Record<string, number>

/** The calls that tests make about feeds and held prices of a catalog, as "tester". Prices are in cents of EUR. */
export function feedCalls(catalog: TestCatalog, token: string | undefined = tokenFor('catalog:write')) {
	const options = { timeoutMs: 60_000, token }
	const client = catalog.catalog

	const calls = {
		begin: (feed: string, maxPriceChangePercent?: number) =>
			callUnary(client, catalogRpcs.BeginFeedRun, { feed, maxPriceChangePercent }, options),
		async beginRun(feed: string, maxPriceChangePercent?: number): Promise<number> {
			return (await calls.begin(feed, maxPriceChangePercent)).runNumber
		},
		renew: (feed: string, runNumber: number) =>
			callUnary(client, catalogRpcs.RenewFeedRun, { feed, runNumber }, options),
		finish: (end: FinishFeedRunRequest) =>
			callUnary(client, catalogRpcs.FinishFeedRun, { outcome: 'FEED_RUN_OUTCOME_SYNCED', ...end }, options),
		feeds: (request: ListFeedsRequest = {}) => callUnary(client, catalogRpcs.ListFeeds, request, options),
		runs: (request: ListFeedRunsRequest) => callUnary(client, catalogRpcs.ListFeedRuns, request, options),
		sourceSkus: (request: ListSourceSkusRequest) => callUnary(client, catalogRpcs.ListSourceSkus, request, options),
		retire: (feed: string, runNumber: number, skus: string[], action: RetireAction__Output) =>
			callUnary(client, catalogRpcs.RetireProducts, { feed, runNumber, skus, action }, options),
		heldPrices: (request: ListHeldPricesRequest = {}) =>
			callUnary(client, catalogRpcs.ListHeldPrices, request, options),
		resolve: (holdId: string, amountMinor: number, resolution: HoldResolution__Output) =>
			callUnary(
				client,
				catalogRpcs.ResolveHeldPrice,
				{ holdId, price: { currencyCode: 'EUR', amountMinor }, resolution },
				options,
			),

		/** The one price that is held for the product. */
		async heldPrice(sku: string): Promise<HeldPrice__Output> {
			const { heldPrices } = await calls.heldPrices({ sku })
			const [held] = heldPrices
			if (held === undefined || heldPrices.length > 1) throw new Error(`${heldPrices.length} prices are held`)
			return held
		},

		/** Imports one request, and answers its response. */
		async import(request: ImportProductsRequest): Promise<ImportProductsResponse__Output> {
			const [response] = await catalog.import([request])
			if (response === undefined) throw new Error('no response')
			return response
		},

		/** Imports products that have only prices, of a source. */
		importPrices: (source: string, prices: Prices, runNumber = 0) => calls.import(pricesOf(source, prices, runNumber)),

		async price(sku: string): Promise<number | undefined> {
			return (await catalog.get(sku)).price?.amountMinor
		},
	}
	return calls
}

/** A request of a source with a row for each price. A product that is missing is created. */
export function pricesOf(source: string, prices: Prices, runNumber = 0): ImportProductsRequest {
	const upserts = Object.entries(prices).map(([sku, amountMinor], index) => ({
		rowNumber: index + 1,
		product: product({ sku, price: { currencyCode: 'EUR', amountMinor } }),
		updateMask: { paths: ['title', 'price'] },
	}))
	return { source, runNumber, upserts }
}
