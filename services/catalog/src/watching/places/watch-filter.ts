import { createHash } from 'node:crypto'
import { GeneralError } from '@mercat/grpc-service/general-error'
import { invalidField, invalidRequest } from '@mercat/grpc-service/invalid-request'
import { skuProblem } from '@mercat/grpc-service/skus'

/** What a stream tells. Streams that ask for the same have one filter. */
export type WatchFilter = {
	/** The skus in ascending order, each once. Missing for all products. */
	readonly skus?: readonly string[] | undefined
	/** Whether quantities are left out. */
	readonly productsOnly: boolean
	/** Tells filters apart. */
	readonly hash: string
	has(sku: string): boolean
}

export type AskedFilter = { skus: readonly string[]; productsOnly: boolean }

export type WatchFilters = {
	/**
	 * The filter, until it is released as often as it was taken.
	 *
	 * @throws GeneralError INVALID_REQUEST, OVERLOADED
	 */
	take(asked: AskedFilter): WatchFilter
	release(filter: WatchFilter): void
}

const mostSkus = 10_000
const mostSkusOfAll = 1_000_000
const overloadedRetryMs = 5_000

/** The filters of the open streams. The skus in all of them are bounded. */
export function createWatchFilters(most = mostSkusOfAll): WatchFilters {
	const taken = new Map<string, { filter: WatchFilter; streams: number }>()
	let skusOfAll = 0

	return {
		take(asked) {
			checkSkus(asked.skus)
			const skus = [...new Set(asked.skus)].sort()
			const hash = createHash('sha256').update(`${asked.productsOnly};${skus.join()}`).digest('base64url')
			const known = taken.get(hash)
			if (known !== undefined) {
				known.streams++
				return known.filter
			}
			if (skusOfAll + skus.length > most) throw new GeneralError('OVERLOADED', { retryDelayMs: overloadedRetryMs })
			skusOfAll += skus.length
			const filter = createFilter(skus, asked.productsOnly, hash)
			taken.set(hash, { filter, streams: 1 })
			return filter
		},
		release({ hash, skus = [] }) {
			const known = taken.get(hash)
			if (known === undefined || --known.streams > 0) return
			taken.delete(hash)
			skusOfAll -= skus.length
		},
	}
}

function createFilter(skus: readonly string[], productsOnly: boolean, hash: string): WatchFilter {
	if (skus.length === 0) return { productsOnly, hash, has: () => true }
	const members = new Set(skus)
	return { skus, productsOnly, hash, has: (sku) => members.has(sku) }
}

function checkSkus(skus: readonly string[]): void {
	if (skus.length > mostSkus) throw invalidField('filter.skus', `must have at most ${mostSkus} items`)
	const violations = skus.flatMap((sku, index) => {
		const description = skuProblem(sku)
		return description === undefined ? [] : [{ field: `filter.skus[${index}]`, description }]
	})
	if (violations.length > 0) throw invalidRequest(violations)
}
