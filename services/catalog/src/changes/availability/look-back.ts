import type { StockLook } from './availability.ts'
import type { NotedProduct, StockBeginning } from './stock-changes.ts'

export type LookBackNeeds = {
	/** The products that were noted since a time, those that were noted last first. */
	readNoted(sinceMs: number, limit: number): Promise<NotedProduct[]>
	readQuantities(skus: readonly string[]): Promise<StockLook>
}

export type LookBackOptions = {
	/** How far it looks back. Streams that move to another process, or come back after a restart, are away for less. */
	lookBackMs?: number
	/** At most so many products are looked at. */
	most?: number
}

export type LookedBack = {
	/** What has changed since then is in the looks. */
	floorMs: number
	looks: StockLook[]
}

// A note has the time of its statement, and is committed later.
const latestCommitMs = 10_000
const lookBackAtOnce = 1_000

/**
 * The quantities of the products that have changed in the minutes before a process follows. So streams that come to it need not
 * be told all quantities. Undefined when changes of that time may not be noted.
 */
export async function lookBack(
	{ readNoted, readQuantities }: LookBackNeeds,
	{ lookedSinceMs, atMs }: Pick<StockBeginning, 'lookedSinceMs' | 'atMs'>,
	{ lookBackMs = 120_000, most = 50_000 }: LookBackOptions = {},
): Promise<LookedBack | undefined> {
	if (lookedSinceMs === null || lookedSinceMs > atMs) return undefined
	const knownSinceMs = Math.max(lookedSinceMs, atMs - lookBackMs)
	const noted = await readNoted(knownSinceMs - latestCommitMs, most + 1)
	const [leftOut] = noted.splice(most)
	const latestAt = (product: NotedProduct) => Math.min(product.atMs + latestCommitMs, atMs)
	noted.reverse()
	const looks: StockLook[] = []
	for (let first = 0; first < noted.length; first += lookBackAtOnce) {
		const part = noted.slice(first, first + lookBackAtOnce)
		const { quantities } = await readQuantities(part.map(({ sku }) => sku))
		looks.push({ atMs: latestAt(part.at(-1) as NotedProduct), quantities })
	}
	return { floorMs: leftOut === undefined ? knownSinceMs : Math.max(knownSinceMs, latestAt(leftOut) + 1), looks }
}
