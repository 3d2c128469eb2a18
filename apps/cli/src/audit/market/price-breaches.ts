import { setTimeout as sleep } from 'node:timers/promises'
import type { SourceHold, SourcePriceAuditStore } from '@mercat/catalog/source-price-audit'
import type { BlockAuditStore } from '@mercat/market/block-audit'
import { createLastDecisions, type LastDecisions } from '@mercat/market/last-decisions'
import type { AppliedPlace, SourceAuditStore } from '@mercat/market/source-audit'
import type { Breach } from '@mercat/order/audit'
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
	for (const { source } of await stores.sources.appliedPlaces()) {
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
	await decisions.readUpTo((await placeOf(source)).uptoBlock)
	const skus = [...decisions.bySku.keys()].sort()
	for (let from = 0; from === 0 || from < skus.length; from += skusAtOnce) {
		const some = skus.slice(from, from + skusAtOnce)
		const compared = await compare(some)
		if (compared === undefined) break
		found.accepted.push(...compared.accepted)
		found.held.push(...compared.held)
	}
	return found

	async function placeOf(name: string): Promise<AppliedPlace> {
		const places = await sources.appliedPlaces()
		return places.find((place) => place.source === name) ?? { source: name, sequence: 0, uptoBlock: 0, ageS: 0 }
	}

	/** Waits for a moment at which the catalog has answered the calls of the last round. Undefined when there is none. */
	async function compare(some: readonly string[]): Promise<PriceBreaches | undefined> {
		let waiting: string | undefined
		for (let attempt = 0; attempt < attempts; attempt++) {
			const place = await placeOf(source)
			const { sequence, ...facts } = await prices.read(source, some)
			if (sequence === place.sequence || place.uptoBlock === 0) {
				await decisions.readUpTo(place.uptoBlock)
				return faultsOf(some, decisions, facts)
			}
			const { sequence: last } = await placeOf(source)
			const isAhead = sequence > last
			waiting = isAhead
				? `the catalog has its sequence ${sequence}, and the market has given no later one than ${last}`
				: `the catalog has its sequence ${sequence}, and waits for ${last} since ${Math.round(place.ageS)} s`
			if (!isAhead && !(marketRuns && place.ageS > longestWaitS)) waiting = undefined
			await sleep(attemptMs)
		}
		if (waiting !== undefined) found.accepted.push({ subject: source, finding: waiting })
		return undefined
	}
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
