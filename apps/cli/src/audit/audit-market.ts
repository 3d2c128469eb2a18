import type { SourcePriceAuditStore } from '@mercat/catalog/source-price-audit'
import type { BarAuditStore } from '@mercat/market/bar-audit'
import type { BlockAuditStore } from '@mercat/market/block-audit'
import type { SalesAuditStore } from '@mercat/market/sales-audit'
import { secondBreaches } from '@mercat/market/second-bars-audit'
import type { SourceAuditStore } from '@mercat/market/source-audit'
import type { SoldAuditStore } from '@mercat/order/sold-audit'
import type { Finding } from './audit.ts'
import { priceBreaches } from './market/price-breaches.ts'
import { salesBreaches } from './market/sales-breaches.ts'
import { persisting } from './persisting.ts'

export type MarketStores = {
	sources: SourceAuditStore
	blocks: BlockAuditStore
	bars: BarAuditStore
	sales: SalesAuditStore
}

/** What the other services have of it. */
export type OtherStores = { prices: SourcePriceAuditStore; sold: SoldAuditStore }

const titles = {
	12: 'the ticks of a source have no gap, and the catalog has the last price of each product that was accepted',
	13: 'the catalog holds what the checks of a source hold, and nothing that was accepted since',
	14: 'bars of a second are those of their ticks, and larger bars those of the smaller ones',
	15: 'sales are those of the orders, and those of larger steps are the sums of the smaller ones',
}

const rereading = { rereads: 5, rereadMs: 300 }

/** Checks the invariants of the market's database, and compares it with the others. */
export async function auditMarket(
	{ sources, blocks, bars, sales }: MarketStores,
	{ prices, sold }: OtherStores,
): Promise<Finding[]> {
	const marketRuns = await sources.isLive()
	const compared = await priceBreaches({ sources, blocks, prices }, marketRuns)
	// Old ticks and bars may be deleted meanwhile.
	const ofBars = [
		...(await persisting(() => secondBreaches({ ...bars, ...blocks }), rereading)),
		...(await persisting(bars.largerBreaches, rereading)),
		...(marketRuns ? await persisting(bars.overdueBreaches, rereading) : []),
	]
	return [
		{ invariant: 12, title: titles[12], breaches: [...(await sources.sourceBreaches()), ...compared.accepted] },
		{ invariant: 13, title: titles[13], breaches: compared.held },
		{ invariant: 14, title: titles[14], breaches: ofBars },
		{ invariant: 15, title: titles[15], breaches: await salesBreaches(sales, sold) },
	]
}
