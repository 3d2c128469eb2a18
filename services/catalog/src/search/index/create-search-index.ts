import type { Budget } from '@mercat/service/budget'
import { createTurns } from '../../turns/turns.ts'
import { DamagedIndexError, inRow, type ReportDamage } from '../segments/damaged-index-error.ts'
import { decodePostings } from '../segments/decode-postings.ts'
import type { Postings } from '../segments/postings.ts'
import { readRow } from '../segments/postings-row.ts'
import { openSegment, type Segment } from '../segments/segment.ts'
import { type Answer, createAnswer } from './collect-answer.ts'
import type { ReadRows, RowRead, StoredPostings, StoredSegment, WaitingSegment } from './index-rows.ts'
import { createPostingsMemory, type KnownRows } from './postings-memory.ts'
import type { SearchIndex } from './search-index.ts'
import { createSegmentMemory } from './segment-memory.ts'

export type SearchIndexNeeds = {
	/** Reads all that a query needs as it is at one moment, but for the bytes of known rows. */
	readRows(read: RowRead, budget: Budget): Promise<ReadRows>
	/** Reads segments. Those that were folded meanwhile are missing. */
	readSegments(ids: readonly number[], budget: Budget): Promise<StoredSegment[]>
}

export type SearchIndexOptions = {
	/** Is told the tokens of each segment that this process reads, with the number of docs that have them. */
	onSegment?: (tokens: [token: string, docs: number][]) => void
	/** Is told the number of the newest word of the postings before a read ends. */
	onWords?: (newest: number) => Promise<void>
	/** Is told once of each row that is damaged. Searches find less without it, until its products are indexed anew. */
	onDamage?: ReportDamage
	/** The memory for segments that wait to be folded. More segments than that are read again by each search. */
	mostSegmentBytes?: number
	/** The memory for the long postings that searches ask for most. */
	mostPostingsBytes?: number
}

const mebibyte = 2 ** 20
/** So many damaged rows are remembered. More are reported again. */
const mostDamaged = 1_000
/** Segments that are read together. */
const bytesAtOnce = 4 * mebibyte

/** The index in the database. Segments are read once and stay in memory until they are folded. */
export function createSearchIndex(
	{ readRows, readSegments }: SearchIndexNeeds,
	{
		onSegment,
		onWords,
		onDamage,
		mostSegmentBytes = 64 * mebibyte,
		mostPostingsBytes = 32 * mebibyte,
	}: SearchIndexOptions = {},
): SearchIndex {
	const memory = createSegmentMemory(mostSegmentBytes)
	const longPostings = createPostingsMemory(mostPostingsBytes)
	const damaged = new Set<string>()
	let reads = 0

	/** Returns undefined, and reports, when the row with this key is damaged. */
	function intact<T>(row: string, key: string, read: () => T): T | undefined {
		try {
			return inRow(row, read)
		} catch (error) {
			if (!(error instanceof DamagedIndexError)) throw error
			if (damaged.size === mostDamaged) damaged.clear()
			if (!damaged.has(key)) onDamage?.(error)
			damaged.add(key)
			return undefined
		}
	}

	/**
	 * Calls `use` with all listed segments. Resolves to false when one of them was folded meanwhile: its docs are in postings that the
	 * list was not read with.
	 */
	async function eachSegment(
		listed: readonly WaitingSegment[],
		read: { number: number; budget: Budget },
		use: (segment: Segment) => void,
	): Promise<boolean> {
		memory.forgetOthers(new Set(listed.map(({ key }) => key)), read.number)
		const missing: WaitingSegment[] = []
		for (const waiting of listed) {
			const segment = memory.get(waiting.key)
			if (segment !== undefined) intact(`segment ${waiting.id}`, waiting.key, () => use(segment))
			else if (!damaged.has(waiting.key)) missing.push(waiting)
		}
		const turns = createTurns()
		for (const group of groupsOf(missing)) {
			const wanted = new Set(group.map(({ key }) => key))
			const stored = await readSegments(
				group.map(({ id }) => id),
				read.budget,
			)
			for (const { id, key, data } of stored) {
				if (!wanted.delete(key)) continue
				intact(`segment ${id}`, key, () => {
					const known = memory.get(key)
					const segment = known ?? openSegment(data)
					if (known === undefined && memory.keep(key, segment, read.number)) tell(segment)
					use(segment)
				})
				if (turns.isOver()) await turns.next()
			}
			if (wanted.size > 0) return false
		}
		return true
	}

	function tell(segment: Segment): void {
		if (onSegment === undefined) return
		const tokens: [string, number][] = []
		segment.eachToken((token, docs) => tokens.push([token, docs]))
		onSegment(tokens)
	}

	return {
		async read(query, budget) {
			for (;;) {
				const number = ++reads
				const wanted = new Map(query.tokens.flatMap((token) => [...longPostings.rowsOf(token)]))
				const { postings, segments, newestWord, known } = await readRows({ query, known: wanted }, budget)
				const answer = createAnswer(query)
				if (!(await eachSegment(segments, { number, budget }, answer.addSegment))) continue
				await readPostings(postings, known, answer)
				await onWords?.(newestWord)
				return answer.take()
			}
		},
	}

	async function readPostings(rows: readonly StoredPostings[], known: KnownRows, answer: Answer): Promise<void> {
		const turns = createTurns()
		const long = new Map<string, Map<string, Postings>>()
		for (const { token, firstDoc, key, postings } of rows) {
			const row = `${token} ${firstDoc}`
			const read =
				postings === null
					? known.get(key ?? '')
					: intact(`row ${row}`, key ?? row, () => decodePostings(readRow(firstDoc, postings)))
			if (read === undefined) {
				if (postings === null) throw new Error(`the database left out the bytes of ${key}`)
				continue
			}
			answer.addRow(token, row, read)
			if (key !== null) {
				const rowsOf = long.get(token) ?? new Map()
				long.set(token, rowsOf.set(key, read))
			}
			if (turns.isOver()) await turns.next()
		}
		for (const [token, rowsOf] of long) longPostings.keep(token, rowsOf)
	}
}

/** Cuts the list into groups of bounded size, so that no answer of the database is large. */
function groupsOf(segments: readonly WaitingSegment[]): WaitingSegment[][] {
	const groups: WaitingSegment[][] = []
	let size = Number.POSITIVE_INFINITY
	for (const segment of segments) {
		if (size + segment.size > bytesAtOnce) {
			groups.push([])
			size = 0
		}
		groups.at(-1)?.push(segment)
		size += segment.size
	}
	return groups
}
