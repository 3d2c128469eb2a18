import { isVisible, type Snapshot } from '@mercat/database/snapshot'
import type { EntryIdentity } from '../../changes/log/change-entry.ts'

/** A part of the initial state: products with skus behind `after`, up to `upTo`, as a snapshot showed them. */
export type ToldChunk = {
	after: string
	upTo: string
	snapshot: Snapshot
	/** A moment after the snapshot: milliseconds since 1970 by the clock of the database. */
	atMs: number
}

/**
 * How far the initial state is told. It is read in chunks while products change (DBLog, Andreakis and Papapanagiotou 2020). Between
 * the chunks the log is told, so that each product goes forward only: a change of a product that is not told yet is left out,
 * because a later chunk has it; a change that the chunk of its product had is left out, too.
 */
export type StatePlace = {
	/** Products up to this sku are told. */
	through: string
	/** Told chunks that may have changes whose entries are not told yet. */
	chunks: readonly ToldChunk[]
}

/** Comes after every sku. */
export const behindAllSkus = '~'

export const stateBegin: StatePlace = { through: '', chunks: [] }

const mostChunks = 16

/** Whether another chunk may be told now. A stream that resumes is told those again that were not settled. */
export function hasRoomForChunk({ chunks }: StatePlace): boolean {
	return chunks.length < mostChunks
}

/**
 * Where a stream that resumes goes on. The commits that a chunk has shown are safe once they have their positions: a failover that
 * loses them makes the resume token invalid. Before, it could lose them and nobody would notice.
 */
export function settledThrough({ through, chunks }: StatePlace): string {
	return chunks[0]?.after ?? through
}

/** Whether a change of the log is to be told. */
export function isToldNow({ through, chunks }: StatePlace, { xid }: EntryIdentity, sku: string): boolean {
	if (sku > through) return false
	const chunk = chunks.find(({ after, upTo }) => sku > after && sku <= upTo)
	return chunk === undefined || !isVisible(chunk.snapshot, xid)
}

/** The place behind a part of a chunk. */
export function withChunk(
	{ through, chunks }: StatePlace,
	{ upTo, snapshot, atMs }: Omit<ToldChunk, 'after'>,
): StatePlace {
	const last = chunks.at(-1)
	// The parts of a chunk, and chunks between which nothing has happened, have one record.
	if (last !== undefined && last.upTo === through && last.snapshot === snapshot) {
		return { through: upTo, chunks: [...chunks.slice(0, -1), { ...last, upTo, atMs }] }
	}
	return { through: upTo, chunks: [...chunks, { after: through, upTo, snapshot, atMs }] }
}

/** Drops the records of chunks whose changes have all been passed in the log, since those until `atMs` have. */
export function settleChunks(state: StatePlace, atMs: number): StatePlace {
	const chunks = state.chunks.filter((chunk) => chunk.atMs >= atMs)
	return chunks.length === state.chunks.length ? state : { ...state, chunks }
}

export function isStateTold({ through, chunks }: StatePlace): boolean {
	return through === behindAllSkus && chunks.length === 0
}
