import { encodeUpsert } from '@mercat/catalog-api/import-request'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { skuLane } from './sku-lane.ts'

/** The rows of one request, each encoded. */
export type LaneBatch = { lane: number; rows: Uint8Array[] }

const mostRows = 500
// Below the limit of the catalog, which is 4 MB for a request of an import.
const mostBytes = 100_000

/** The bytes that a request has at most, with its settings. */
export const mostRequestBytes = mostBytes + 1_000

/** Groups rows into requests for `ImportProducts`, each small enough for one message. */
export function createLaneBatches(lanes: number) {
	const open = Array.from({ length: lanes }, () => ({ rows: [] as Uint8Array[], bytes: 0 }))

	function take(lane: number): LaneBatch {
		const { rows } = open[lane] as (typeof open)[number]
		open[lane] = { rows: [], bytes: 0 }
		return { lane, rows }
	}

	return {
		/** Returns the batch that is full before this row, if one is, or the problem of a row that no message can have. */
		add(upsert: ProductUpsert): { full?: LaneBatch | undefined } | { problem: string } {
			const row = encodeUpsert(upsert)
			if (row.length > mostBytes) {
				return { problem: `longer than ${mostBytes} bytes, most of them in ${largestField(upsert)}` }
			}
			const lane = skuLane(upsert.product?.sku ?? '', lanes)
			const { rows, bytes } = open[lane] as (typeof open)[number]
			const full = rows.length === mostRows || bytes + row.length > mostBytes ? take(lane) : undefined
			const batch = open[lane] as (typeof open)[number]
			batch.rows.push(row)
			batch.bytes += row.length
			return { full }
		},
		/** The batches that are not full. */
		rest: (): LaneBatch[] => open.flatMap(({ rows }, lane) => (rows.length === 0 ? [] : [take(lane)])),
	}
}

function largestField({ product }: ProductUpsert): string {
	const sizes = Object.entries(product ?? {}).map(([field, value]) => ({ field, size: JSON.stringify(value).length }))
	return sizes.reduce((one, other) => (other.size > one.size ? other : one)).field
}
