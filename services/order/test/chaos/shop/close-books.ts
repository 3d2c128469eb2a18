import { eventually } from '@mercat/testing/eventually'
import { expect } from 'vitest'
import type { Cluster } from './cluster.ts'
import type { ShopLog } from './shop-log.ts'

const settledTimeoutMs = 120_000

/**
 * Waits until each product has the expected held quantity, and until the stock on hand and the sales that clients know of add
 * up. Then expects that both databases agree with all answers to clients.
 */
export async function closeBooks(
	cluster: Cluster,
	log: ShopLog,
	onHand: Map<string, number>,
	{ held, uncertain }: { held: number; uncertain?: string },
): Promise<void> {
	const due = [...onHand].map(([sku, pieces]) => ({
		held,
		// A sale of the scarce product may fail after its payment, without an answer to a client.
		...(sku !== uncertain && { onHand: pieces - log.soldPieces(sku) }),
	}))
	const unsettled = await eventually(
		async () => {
			const stock = await Promise.all([...onHand.keys()].map((sku) => cluster.stock(sku)))
			expect(stock).toMatchObject(due)
		},
		{ timeout: settledTimeoutMs, interval: 200 },
	).catch((error: Error) => error.message)
	await cluster.settled()
	const { exitCode, output } = await cluster.audit()
	const contradictions = await log.contradictions(cluster.urls, onHand)
	expect({ unsettled, contradictions, exitCode }, output).toEqual({
		unsettled: undefined,
		contradictions: [],
		exitCode: 0,
	})
}
