import { createReadLimit } from '@mercat/event-log/read-limit'
import type { Availability } from '../../changes/availability/availability.ts'
import type { ChangeEncoder } from '../encoding/change-encoder.ts'
import { quantityParts } from '../encoding/encoded-part.ts'
import type { Place } from '../places/place.ts'
import { behindAllSkus } from '../places/state-place.ts'
import type { WatchFilter } from '../places/watch-filter.ts'
import { skusBehind } from './asked-skus.ts'
import { type EncodedChunk, type EncodedState, encodeChunk, type StateChunk } from './state-chunk.ts'

export type SharedReadsNeeds = {
	readChunk(after: string, skus: readonly string[] | undefined): Promise<StateChunk>
	availability: Pick<Availability, 'read' | 'readAfter' | 'knownTo'>
	encoder: ChangeEncoder
	/** The last position that is known. */
	lastPosition(): number
}

export type SharedReads = {
	/** The next chunk of the initial state of a stream that is at the place. */
	readState(filter: WatchFilter, place: Place, after: string): Promise<EncodedState>
	/** The next quantities of a stream that must be told all of them. */
	readQuantities(filter: WatchFilter, place: Place, after: string): Promise<EncodedChunk>
	/** Has later calls read anew. */
	forget(): void
}

type Read<Chunk> = {
	chunk: Promise<Chunk>
	/** The end of the log when the read began. The chunk shows all changes up to it. */
	lastPosition: number
	/** Which quantities were known when the read began. The chunk shows all changes until then. */
	knownTo: number
	/** When the read was done. */
	doneAt?: number
}

const mostQuantities = 1_000
// Streams that come together are at the same chunk at about the same time.
const sharedMs = 2_000
const mostShared = 16

/** Reads chunks. Streams with the same filter share them, and few reads are under way at the same time. */
export function createSharedReads({ readChunk, availability, encoder, lastPosition }: SharedReadsNeeds): SharedReads {
	const limit = createReadLimit({ most: 2 })
	const begun = () => ({ lastPosition: lastPosition(), knownTo: availability.knownTo() })
	const state = shareReads<EncodedState>(begun)
	const quantities = shareReads<EncodedChunk>(begun)

	async function readQuantities({ skus }: WatchFilter, after: string): Promise<EncodedChunk> {
		if (skus === undefined) {
			const { atMs, quantities } = await availability.readAfter(after, mostQuantities)
			const upTo = quantities.length < mostQuantities ? behindAllSkus : (quantities.at(-1)?.sku ?? behindAllSkus)
			return { upTo, atMs, parts: quantityParts(quantities, encoder) }
		}
		const asked = skusBehind(skus, after, mostQuantities)
		const { atMs, quantities } = await availability.read(asked.skus)
		const parts = quantityParts(quantities, encoder).sort((one, another) => (one.sku < another.sku ? -1 : 1))
		return { upTo: asked.hasMore ? (asked.skus.at(-1) ?? behindAllSkus) : behindAllSkus, atMs, parts }
	}

	return {
		readState: (filter, place, after) =>
			state.share(`${filter.hash} ${after}`, place, () =>
				limit(async () => encodeChunk(await readChunk(after, filter.skus), filter.productsOnly, encoder)),
			),
		readQuantities: (filter, place, after) =>
			quantities.share(`${filter.hash} ${after}`, place, () => readQuantities(filter, after)),
		forget() {
			state.forget()
			quantities.forget()
		},
	}
}

function shareReads<Chunk extends EncodedChunk>(begun: () => { lastPosition: number; knownTo: number }) {
	const reads = new Map<string, Read<Chunk>>()

	/**
	 * A stream may share a read unless it has passed changes that the read does not show: it passes over those of products that
	 * it is yet to be told.
	 */
	function isUsable({ lastPosition, knownTo, doneAt }: Read<Chunk>, place: Place): boolean {
		if (lastPosition < place.position + Math.sign(place.told) || knownTo < place.stockAt) return false
		return doneAt === undefined || performance.now() - doneAt < sharedMs
	}

	async function share(key: string, place: Place, read: () => Promise<Chunk>): Promise<Chunk> {
		for (;;) {
			const known = reads.get(key)
			if (known === undefined || !isUsable(known, place)) return begin(key, read)
			const chunk = await known.chunk
			if (isUsable(known, place)) return chunk
			// Of the streams that waited in vain, one begins the next read.
			if (reads.get(key) === known) return begin(key, read)
		}
	}

	async function begin(key: string, read: () => Promise<Chunk>): Promise<Chunk> {
		const begunRead: Read<Chunk> = { ...begun(), chunk: read() }
		reads.delete(key)
		reads.set(key, begunRead)
		for (const oldest of reads.keys()) {
			if (reads.size <= mostShared) break
			reads.delete(oldest)
		}
		try {
			const chunk = await begunRead.chunk
			begunRead.doneAt = performance.now()
			return chunk
		} catch (error) {
			if (reads.get(key) === begunRead) reads.delete(key)
			throw error
		}
	}

	return { share, forget: () => reads.clear() }
}
