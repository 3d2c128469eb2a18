import { createTurns } from '../../turns/turns.ts'
import type { StoredSegment } from '../index/index-rows.ts'
import { inRow } from '../segments/damaged-index-error.ts'
import { mergePostings } from '../segments/merge-postings.ts'
import { mergeSegments } from '../segments/merge-segments.ts'
import type { PostingsRow } from '../segments/postings-row.ts'
import { openSegment, type Segment } from '../segments/segment.ts'

/** What one or more segments add to a token. */
export type FoldedToken = { token: string; docs: number; rows: PostingsRow[] }

/** One transaction, of which there is one at a time over all processes. */
export type FoldTransaction = {
	/** The oldest segments, the oldest first. */
	listOldest(): Promise<{ id: number; docs: number; size: number }[]>
	readSegments(ids: readonly number[]): Promise<StoredSegment[]>
	/** Adds to the postings and the vocabulary. Resolves to the tokens that have many rows now. */
	addTokens(tokens: readonly FoldedToken[]): Promise<string[]>
	deleteSegments(ids: readonly number[]): Promise<void>
	/**
	 * Deletes segments, and has their products indexed anew. Resolves to false, and does neither, when this version of the analysis
	 * may not read segments: those of a newer one may look damaged.
	 */
	setAside(ids: readonly number[]): Promise<boolean>
}

export type FoldSegmentsNeeds = {
	/** A fold takes so many docs at most, and one segment at least. */
	mostDocs: number
	/** Resolves to undefined when another process folds. */
	foldTransaction<T>(work: (transaction: FoldTransaction) => Promise<T>): Promise<T | undefined>
}

export type Fold = {
	segments: number
	docs: number
	/** Tokens with so many rows that some of them should be merged. */
	crowdedTokens: string[]
}

/** A row of postings has at most so many bytes, so that nothing large is written again for one product. */
export const mostRowBytes = 65_536

// The driver copies the bytes of a statement several times.
const bytesAtOnce = 2 ** 19
const rowsAtOnce = 500

/** Moves the oldest segments into the postings. Resolves to undefined when another process does so. */
export function foldSegments({ mostDocs, foldTransaction }: FoldSegmentsNeeds): Promise<Fold | undefined> {
	return foldTransaction(async (transaction) => {
		const oldest = firstWithin(await transaction.listOldest(), mostDocs)
		const segments = await readAll(transaction, oldest)
		const crowdedTokens = await addAll(transaction, segments)
		await transaction.deleteSegments(oldest.map(({ id }) => id))
		return { segments: oldest.length, docs: oldest.reduce((sum, { docs }) => sum + docs, 0), crowdedTokens }
	})
}

/** The segments that the next fold takes. */
export function firstWithin<Listed extends { docs: number }>(segments: readonly Listed[], mostDocs: number): Listed[] {
	let sum = 0
	const end = segments.findIndex(({ docs }, index) => {
		sum += docs
		return index > 0 && sum > mostDocs
	})
	return end === -1 ? [...segments] : segments.slice(0, end)
}

async function readAll(
	{ readSegments }: FoldTransaction,
	listed: readonly { id: number; size: number }[],
): Promise<Segment[]> {
	const segments: Segment[] = []
	let ids: number[] = []
	let size = 0
	const readGroup = async () => {
		for (const { id, data } of await readSegments(ids)) segments.push(inRow(`segment ${id}`, () => openSegment(data)))
		ids = []
		size = 0
	}
	for (const segment of listed) {
		if (size + segment.size > bytesAtOnce) await readGroup()
		ids.push(segment.id)
		size += segment.size
	}
	await readGroup()
	return segments
}

async function addAll({ addTokens }: FoldTransaction, segments: readonly Segment[]): Promise<string[]> {
	const crowded: string[] = []
	const turns = createTurns()
	let tokens: FoldedToken[] = []
	let rowCount = 0
	let size = 0
	const flush = async () => {
		crowded.push(...(await addTokens(tokens)))
		tokens = []
		rowCount = 0
		size = 0
	}
	for (const { token, parts } of mergeSegments(segments)) {
		const rows = mergePostings(parts, { mostBytes: mostRowBytes })
		tokens.push({ token, docs: rows.reduce((sum, { docs }) => sum + docs, 0), rows })
		rowCount += rows.length
		for (const { bytes } of rows) size += bytes.length
		if (rowCount >= rowsAtOnce || size >= bytesAtOnce) await flush()
		else if (turns.isOver()) await turns.next()
	}
	if (tokens.length > 0) await flush()
	return crowded
}
