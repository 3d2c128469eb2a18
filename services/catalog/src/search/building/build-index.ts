import { setTimeout as sleep } from 'node:timers/promises'
import type { ProductText } from '../../products/text-index.ts'

export type BuildState = {
	epoch: number
	/** The version of the analysis that the index is, or is being, built with. */
	analysis: number
	/** The sku that a rebuild has reached; null when none is under way. */
	rebuiltTo: string | null
	/** Whether the rebuild may go on: all transactions that it has to wait for have ended. */
	mayGoOn: boolean
	/** Whether products wait whose text a replica of another version has written. */
	isAnyWaiting: boolean
	/** Whether the index of the version before is there, and is read no longer. */
	isPreviousLeft: boolean
}

/** A product as a build has seen it, without a lock. */
export type SeenProduct = ProductText & {
	searchDoc: number | null
	searchEpoch: number | null
	version: number
}

export type Slice = {
	/** The skus of the slice in their order. None when the last product has been passed. */
	skus: string[]
	/** The products among them that are not in the present epoch, in the same order. */
	products: SeenProduct[]
}

/** A rebuild is at this place. When another process has moved it meanwhile, nothing is written. */
export type RebuildPlace = { epoch: number; rebuiltTo: string }

export type BuildIndexNeeds = {
	analysisVersion: number
	readState(): Promise<BuildState>
	/** Begins a rebuild, unless one with this analysis or a newer one has begun. An empty index has it at once. */
	adoptAnalysis(analysis: number): Promise<void>
	/** The next products. At most `size` of them are not in the present epoch. */
	readSlice(place: RebuildPlace, size: number): Promise<Slice>
	/** Indexes the products of the slice that nobody has changed or locked, and moves the rebuild past them. Resolves to their number. */
	indexSlice(place: RebuildPlace, slice: Slice): Promise<number>
	/** The rebuild has passed the last product. It checks all once more, or has ended. */
	endPass(place: RebuildPlace): Promise<void>
	readWaiting(size: number): Promise<SeenProduct[]>
	/** Indexes the products that nobody has changed or locked. Resolves to how many wait no longer. */
	indexWaiting(epoch: number, products: readonly SeenProduct[]): Promise<number>
	dropPrevious(): Promise<void>
}

export type BuildIndexOptions = {
	/** Ends the work between two batches. */
	signal: AbortSignal
	/** The products of a batch: 500 unless given. */
	size?: number
}

/**
 * Brings the index up to date with the products and with the analysis: in batches, each a transaction. It can end at any
 * time, in any process, and goes on in any other.
 */
export function buildIndex(needs: BuildIndexNeeds) {
	return async ({ signal, size = 500 }: BuildIndexOptions): Promise<void> => {
		while (!signal.aborted) {
			const startedAt = performance.now()
			if (!(await buildBatch(needs, size))) return
			// As long as the batch took: orders find the database and this process idle for half of the time.
			await sleep(performance.now() - startedAt, undefined, { signal }).catch(() => {})
		}
	}
}

/** Whether there is more to do at once. */
async function buildBatch(needs: BuildIndexNeeds, size: number): Promise<boolean> {
	const { analysisVersion } = needs
	const { epoch, analysis, rebuiltTo, mayGoOn, isAnyWaiting, isPreviousLeft } = await needs.readState()
	// The replicas of a newer version build. What this one would write were to be done again.
	if (analysis > analysisVersion) return false
	if (analysis < analysisVersion) {
		await needs.adoptAnalysis(analysisVersion)
		return true
	}
	if (isAnyWaiting) {
		const products = await needs.readWaiting(size)
		if ((await needs.indexWaiting(epoch, products)) > 0) return true
	}
	if (rebuiltTo !== null && mayGoOn) {
		const place = { epoch, rebuiltTo }
		const slice = await needs.readSlice(place, size)
		if (slice.skus.length > 0) return (await needs.indexSlice(place, slice)) > 0
		await needs.endPass(place)
		return true
	}
	if (isPreviousLeft) await needs.dropPrevious()
	return false
}

export type SkuInEpoch = Pick<SeenProduct, 'sku' | 'searchEpoch'>

/** The beginning of some products in which `size` are not in the epoch, and the skus of these. */
export function cutSlice(
	rows: readonly SkuInEpoch[],
	epoch: number,
	size: number,
): { skus: string[]; toIndex: string[] } {
	const skus: string[] = []
	const toIndex: string[] = []
	for (const { sku, searchEpoch } of rows) {
		if (toIndex.length === size) break
		skus.push(sku)
		if (searchEpoch !== epoch) toIndex.push(sku)
	}
	return { skus, toIndex }
}

/** The last sku of a slice that a rebuild may pass: all products before it, and itself, are in the epoch. */
export function passedSku({ skus, products }: Slice, indexed: ReadonlySet<string>): string | undefined {
	const left = products.find(({ sku }) => !indexed.has(sku))
	return left === undefined ? skus.at(-1) : skus[skus.indexOf(left.sku) - 1]
}
