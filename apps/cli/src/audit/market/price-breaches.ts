import { setTimeout as sleep } from 'node:timers/promises'
import type { SourceHold, SourcePriceAuditStore } from '@mercat/catalog/source-price-audit'
import type { BlockAuditStore } from '@mercat/market/block-audit'
import { createLastDecisions, type LastDecisions } from '@mercat/market/last-decisions'
import type { SourceAuditStore } from '@mercat/market/source-audit'
import type { Breach } from '@mercat/order/audit'
import { partsOf } from '@mercat/service/parts-of'
import { acceptedFault, heldFault } from './price-faults.ts'

export type PriceStores = { sources: SourceAuditStore; blocks: BlockAuditStore; prices: SourcePriceAuditStore }

/** The breaches about the prices that the catalog has, and about those that it holds. */
export type PriceBreaches = { accepted: Breach[]; held: Breach[] }

const skusAtOnce = 2_000
// A running market applies some rounds in a second, and rests between them.
const attempts = 30
const attemptMs = 70
const longestWaitS = 60

/** Compares what was decided about the prices of each source with what the catalog has, where it has answered all calls. */
export async function priceBreaches(stores: PriceStores, marketRuns: boolean): Promise<PriceBreaches> {
	const found: PriceBreaches = { accepted: [], held: [] }
	for (const source of await stores.sources.listSources()) {
		const { accepted, held } = await sourceBreaches(stores, source, marketRuns)
		found.accepted.push(...accepted)
		found.held.push(...held)
	}
	return found
}

async function sourceBreaches(
	{ sources, blocks, prices }: PriceStores,
	source: string,
	marketRuns: boolean,
): Promise<PriceBreaches> {
	const found: PriceBreaches = { accepted: [], held: [] }
	const decisions = createLastDecisions((after, upto) => blocks.readBlocks({ source, after, upto }))
	await decisions.readUpTo((await sources.findPlace(source)).uptoBlock)
	const parts = partsOf([...decisions.bySku.keys()].sort(), skusAtOnce)
	// The sequences are compared also where there is no price.
	for (const skus of parts.length === 0 ? [[]] : parts) {
		const compared = await compare(skus)
		if (compared === undefined) break
		found.accepted.push(...compared.accepted)
		found.held.push(...compared.held)
	}
	return found

	/** Waits for a moment at which the catalog has answered the calls of the last round. Undefined when there is none. */
	async function compare(skus: readonly string[]): Promise<PriceBreaches | undefined> {
		let fault: string | undefined
		for (let attempt = 0; attempt < attempts; attempt++) {
			const place = await sources.findPlace(source)
			const { sequence, ...facts } = await prices.read(source, skus)
			if (sequence === place.sequence || place.uptoBlock === 0) {
				await decisions.readUpTo(place.uptoBlock)
				return faultsOf(skus, decisions, facts)
			}
			const { sequence: last } = await sources.findPlace(source)
			fault = sequenceFault(sequence, last, marketRuns ? place.ageS : 0)
			await sleep(attemptMs)
		}
		if (fault !== undefined) found.accepted.push({ subject: source, finding: fault })
		return undefined
	}
}

/** @param waitedS how long the catalog has had the time to take the last sequence */
function sequenceFault(sequence: number, last: number, waitedS: number): string | undefined {
	if (sequence > last)
		return `the catalog has its sequence ${sequence}, and the market has given no later one than ${last}`
	if (waitedS <= longestWaitS) return undefined
	return `the catalog has its sequence ${sequence}, and waits for ${last} since ${Math.round(waitedS)} s`
}

function faultsOf(
	skus: readonly string[],
	{ bySku }: LastDecisions,
	{ prices, holds }: Omit<Awaited<ReturnType<SourcePriceAuditStore['read']>>, 'sequence'>,
): PriceBreaches {
	const pricesBySku = new Map(prices.map((price) => [price.sku, price]))
	const holdsBySku = Map.groupBy(holds, ({ sku }: SourceHold) => sku)
	const found: PriceBreaches = { accepted: [], held: [] }
	for (const sku of skus) {
		const decision = bySku.get(sku)
		if (decision === undefined) continue
		const price = pricesBySku.get(sku)
		const held = holdsBySku.get(sku) ?? []
		const faults = { accepted: acceptedFault(decision, price, held), held: heldFault(decision, price, held) }
		if (faults.accepted !== undefined) found.accepted.push({ subject: sku, finding: faults.accepted })
		if (faults.held !== undefined) found.held.push({ subject: sku, finding: faults.held })
	}
	return found
}
