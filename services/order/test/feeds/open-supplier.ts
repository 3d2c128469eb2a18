import { Metadata } from '@grpc/grpc-js'
import { type CatalogClients, callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { FinishFeedRunRequest } from '@mercat/catalog-api/messages/FinishFeedRunRequest'
import type { ImportProductsResponse__Output } from '@mercat/catalog-api/messages/ImportProductsResponse'
import type { PriceHold } from '@mercat/catalog-api/messages/PriceHold'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { token } from '../tokens.ts'

const timeoutMs = 60_000
let latestSequence = 0

/** Prices by sku in cents of EUR. */
export type Prices = Record<string, number>

/** What tests do as the feed of a supplier. */
export function openSupplier(
	{ catalog }: CatalogClients,
	feed: string,
	writer: string = token('feeds', 'catalog:write'),
) {
	const options = { timeoutMs, token: writer }
	const importUpserts = async (upserts: ProductUpsert[], runNumber = 0): Promise<ImportProductsResponse__Output> => {
		const metadata = new Metadata()
		metadata.set('authorization', `Bearer ${writer}`)
		const call = catalog.importProducts(metadata, { deadline: Date.now() + timeoutMs })
		call.write({ source: feed, runNumber, upserts })
		call.end()
		for await (const response of call) return response
		throw new Error('the catalog has not answered')
	}

	const supplier = {
		/** Begins a run. Without an end, it goes on for 5 seconds. */
		async begin(): Promise<number> {
			return (await callUnary(catalog, catalogRpcs.BeginFeedRun, { feed }, options)).runNumber
		},
		finish: (end: FinishFeedRunRequest) =>
			callUnary(catalog, catalogRpcs.FinishFeedRun, { feed, outcome: 'FEED_RUN_OUTCOME_SYNCED', ...end }, options),
		/** A run that has begun and ended. */
		async run(end: FinishFeedRunRequest = {}): Promise<number> {
			const runNumber = await supplier.begin()
			await supplier.finish({ runNumber, ...end })
			return runNumber
		},
		/** Sends prices. A product that is missing is created. */
		sendPrices: (prices: Prices, currencyCode = 'EUR') =>
			importUpserts(
				Object.entries(prices).map(([sku, amountMinor]) => ({
					product: { sku, title: `Product ${sku}`, price: { currencyCode, amountMinor } },
					updateMask: { paths: ['title', 'price'] },
				})),
			),
		/** Sends prices of products that the supplier has created. With `hold`, each waits for a person. */
		async applyPrices(prices: Prices, hold?: PriceHold): Promise<void> {
			const request = {
				source: feed,
				sequence: ++latestSequence,
				prices: Object.entries(prices).map(([sku, amountMinor]) => ({
					sku,
					price: { currencyCode: 'EUR', amountMinor },
					...(hold && { hold }),
				})),
			}
			const { outcomes } = await callUnary(catalog, catalogRpcs.ApplyPrices, request, options)
			const wanted = hold === undefined ? 'RESULT_APPLIED' : 'RESULT_HELD'
			const other = outcomes.find(({ result }) => result !== wanted)
			if (other) throw new Error(`the price of ${other.sku} is ${other.result}`)
		},
		/** A product for 10.00 EUR, for which the supplier then sends another price. It is held. */
		async holdPrice(sku: string, amountMinor = 100): Promise<void> {
			await supplier.sendPrices({ [sku]: 1_000 })
			const { held } = await supplier.sendPrices({ [sku]: amountMinor })
			if (held.length !== 1) throw new Error(`the price of ${sku} is not held`)
		},
	}
	return supplier
}
