import { expect, vi } from 'vitest'
import type { Cluster } from './cluster.ts'
import type { ShopLog } from './shop-log.ts'

const settledTimeoutMs = 120_000

/**
 * Waits until each product has as much held as it should, and until what is on hand and what the
 * clients say was sold add up; then both databases have to agree with the clients in everything.
 */
export async function closeBooks(
	cluster: Cluster,
	log: ShopLog,
	onHand: Map<string, number>,
	{ held, uncertain }: { held: number; uncertain?: string },
): Promise<void> {
	const due = [...onHand].map(([sku, pieces]) => ({
		held,
		// Of what is scarce a sale may fail after the payment, which no client was there to hear of.
		...(sku !== uncertain && { onHand: pieces - log.soldPieces(sku) }),
	}))
	const unsettled = await vi
		.waitFor(
			async () => {
				const stock = await Promise.all([...onHand.keys()].map((sku) => cluster.stock(sku)))
				expect(stock).toMatchObject(due)
			},
			{ timeout: settledTimeoutMs, interval: 200 },
		)
		.catch((error: Error) => error.message)
	await cluster.settled()
	const { exitCode, output } = await cluster.audit()
	const contradictions = await log.contradictions(cluster.urls, onHand)
	expect({ unsettled, contradictions, exitCode }, output).toEqual({
		unsettled: undefined,
		contradictions: [],
		exitCode: 0,
	})
}
