import type { Budget } from '@mercat/service/budget'
import { createTurns } from '../columns/turns.ts'
import type { ReportDamage } from '../segments/damaged-index-error.ts'
import { decodePostings } from '../segments/decode-postings.ts'
import { readRow } from '../segments/postings-row.ts'
import type { Segment } from '../segments/segment.ts'
import { type Answer, createAnswer } from './collect-answer.ts'
import type { IndexRows, StoredPostings } from './index-rows.ts'
import { createPostingsMemory, type KnownRow } from './postings-memory.ts'
import { type ReadWaitingSegmentsNeeds, readWaitingSegments } from './read-waiting-segments.ts'
import { createReadableRows } from './readable-rows.ts'
import type { IndexQuery, SearchIndex } from './search-index.ts'
import { createSegmentMemory } from './segment-memory.ts'

export type SearchIndexNeeds = {
	/** Reads all that a query needs as it is at one moment, but for the bytes of rows with known keys. */
	readRows(query: IndexQuery, knownKeys: readonly string[], budget: Budget): Promise<IndexRows>
} & Pick<ReadWaitingSegmentsNeeds, 'readSegments'>

export type SearchIndexOptions = {
	/** Is told the tokens of each segment that this process reads, with the number of docs that have them. */
	onSegment?: (tokens: [token: string, docs: number][]) => void
	/** Is told the number of the newest word of the postings before a read ends. */
	onWords?: (newest: number) => Promise<void>
	/** Is told once of each row that is damaged. Searches find less without it, until its products are indexed anew. */
	onDamage?: ReportDamage
	/** The memory for segments that wait to be folded. More segments than that are read again by each search. */
	mostSegmentBytes?: number
	/** The memory for the postings that searches ask for most. */
	mostPostingsBytes?: number
}

const mebibyte = 2 ** 20

/**
 * The index in the database. Segments are read once and stay in memory until they are folded. Postings stay in memory, too: only a fold
 * adds docs to them, and it gives them another version. What compaction and sweeps leave out are dead docs.
 */
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
	const segments = createSegmentMemory(mostSegmentBytes)
	const postings = createPostingsMemory(mostPostingsBytes)
	const rows = createReadableRows(onDamage)
	const eachSegment = readWaitingSegments({ readSegments, memory: segments, rows, onSegment: tell })
	let reads = 0

	function tell(segment: Segment): void {
		if (onSegment === undefined) return
		const tokens: [string, number][] = []
		segment.eachToken((token, docs) => tokens.push([token, docs]))
		onSegment(tokens)
	}

	return {
		async read(query, budget, since) {
			const { tokens, beginnings = [] } = query
			let moment = since
			let version = since?.version
			for (;;) {
				const number = ++reads
				const held = heldIn(version, tokens)
				const missing = tokens.filter((token) => !held.has(token))
				const known = knownRowsOf(missing)
				let stored: readonly StoredPostings[] = []
				if (moment === undefined || missing.length > 0 || beginnings.length > 0) {
					const read = await readRows({ tokens: missing, beginnings }, [...known.keys()], budget)
					segments.forgetOthers(new Set(read.moment.segments.map(({ key }) => key)), number)
					const isHeldOutdated = held.size > 0 && read.moment.version !== version
					stored = read.postings
					moment = isHeldOutdated ? undefined : read.moment
					version = read.moment.version
				}
				if (moment === undefined) continue
				const answer = createAnswer(query)
				if (await eachSegment(moment.segments, { number, budget }, answer.addSegment)) {
					for (const [token, knownRows] of held) for (const row of knownRows) answer.addRow(token, row)
					// Two parts of the query may ask for a token.
					const unheld = stored.filter(({ token }) => !held.has(token))
					await addRows(answer, unheld, { known, version: moment.version, tokens: missing })
					await onWords?.(moment.newestWord)
					return answer.take()
				}
				moment = undefined
				version = undefined
			}
		},
	}

	/** The tokens all of whose rows are in memory, as they are in a version. */
	function heldIn(version: string | undefined, tokens: readonly string[]): Map<string, readonly KnownRow[]> {
		const held = new Map<string, readonly KnownRow[]>()
		if (version === undefined) return held
		for (const token of tokens) {
			const known = postings.get(token)
			if (known?.version === version) held.set(token, known.rows)
		}
		return held
	}

	/** The long rows of tokens that are in memory, of any version, by their keys. */
	function knownRowsOf(tokens: readonly string[]): Map<string, KnownRow> {
		const known = new Map<string, KnownRow>()
		for (const token of tokens) {
			for (const row of postings.get(token)?.rows ?? []) if (row.key !== null) known.set(row.key, row)
		}
		return known
	}

	/** Adds rows to the answer, and keeps those of the tokens, which have no others in this version. */
	async function addRows(
		answer: Answer,
		stored: readonly StoredPostings[],
		{ known, version, tokens }: { known: Map<string, KnownRow>; version: string; tokens: readonly string[] },
	): Promise<void> {
		const turns = createTurns()
		const found = new Map<string, KnownRow[]>(tokens.map((token) => [token, []]))
		for (const { token, firstDoc, key, postings: bytes } of stored) {
			const name = `row ${token} ${firstDoc}`
			let row = known.get(key ?? '')
			if (bytes !== null) {
				const read = rows.read({ name, key: key ?? name }, () => decodePostings(readRow(firstDoc, bytes)))
				row = read && { firstDoc, key, postings: read }
			} else if (row === undefined) throw new Error(`the database left out the bytes of ${name}`)
			if (row !== undefined && answer.addRow(token, row)) found.get(token)?.push(row)
			if (turns.isOver()) await turns.next()
		}
		for (const [token, all] of found) postings.keep(token, { version, rows: all })
	}
}
