import { createTurns } from '../../turns/turns.ts'
import { DamagedIndexError, inRow, type ReportDamage } from '../segments/damaged-index-error.ts'
import { decodePostings } from '../segments/decode-postings.ts'
import { mergePostings } from '../segments/merge-postings.ts'
import type { Postings } from '../segments/postings.ts'
import type { PostingsPart } from '../segments/postings-bytes.ts'
import { type PostingsRow, readRow } from '../segments/postings-row.ts'
import { chooseFullRows, chooseRows } from './choose-rows.ts'
import { mostRowBytes } from './fold-segments.ts'

/** A row of postings, without its bytes. The version differs once the row is another one. */
export type ListedRow = { token: string; firstDoc: number; size: number; version: string }

/** A row with its bytes. */
export type ReadRow = ListedRow & { postings: Uint8Array }

export type CompactedToken = {
	token: string
	/** The rows that are replaced. */
	gone: ListedRow[]
	rows: PostingsRow[]
	/** The docs that are left out. */
	lostDocs: number
}

export type CompactTokensNeeds = {
	listRows(tokens: readonly string[]): Promise<ListedRow[]>
	/** Resolves to rows with their bytes. Rows that are gone are missing. */
	readRows(rows: readonly ListedRow[]): Promise<ReadRow[]>
	/** Replaces rows in one transaction. Resolves to false, and replaces nothing, when another process writes or has replaced some. */
	replaceRows(tokens: readonly CompactedToken[]): Promise<boolean>
	/** Is told of rows that are damaged. They stay as they are. */
	onDamage?: ReportDamage
	/**
	 * Resolves to a function that says whether any search still needs a doc. It knows all docs that were committed before the call.
	 * All docs stay without it, and while this process is too young to know.
	 */
	knowDocs?: () => Promise<((doc: number) => boolean) | undefined>
}

/** A token with so many bytes of postings or more is compacted alone. */
const bytesAtOnce = 2 * 2 ** 20
const tokensAtOnce = 500
/** Rows of this size and larger are not merged. */
const fullBytes = mostRowBytes / 2

/** Merges short rows of tokens into fewer, and leaves out the docs that no search needs. */
export async function compactTokens(needs: CompactTokensNeeds, tokens: readonly string[]): Promise<void> {
	for (let at = 0; at < tokens.length; at += tokensAtOnce) {
		const listed = await needs.listRows(tokens.slice(at, at + tokensAtOnce))
		const byToken = Map.groupBy(listed, ({ token }) => token)
		let chosen: ListedRow[] = []
		for (const rows of byToken.values()) {
			const short = chooseRows(rows, fullBytes)
			const full = needs.knowDocs && chooseFullRows(rows, { fullBytes, mergedBytes: sizeOf(short) })
			chosen.push(...short, ...(full ?? []))
			if (sizeOf(chosen) < bytesAtOnce) continue
			if (!(await replaceRows(needs, chosen))) return
			chosen = []
		}
		if (chosen.length > 0 && !(await replaceRows(needs, chosen))) return
	}
}

/** Writes rows of tokens again. All rows of a token that are given become one, or as few as their size allows. */
async function replaceRows(needs: CompactTokensNeeds, chosen: readonly ListedRow[]): Promise<boolean> {
	const read = await needs.readRows(chosen)
	// Asked after the rows were read, so that it knows their docs.
	const keepsDoc = await needs.knowDocs?.()
	const readable: ReadRow[] = []
	await eachReadable(read, needs.onDamage, (row) => readable.push(row))
	const compacted = await mergeRows(readable, keepsDoc)
	return compacted.length === 0 || needs.replaceRows(compacted)
}

/** All rows of a token become one, or as few as their size allows. Docs that nobody needs are left out. */
export async function mergeRows(
	read: readonly ReadRow[],
	keepsDoc: ((doc: number) => boolean) | undefined,
): Promise<CompactedToken[]> {
	const turns = createTurns()
	const compacted: CompactedToken[] = []
	for (const [token, rows] of Map.groupBy(read, ({ token }) => token)) {
		const parts = rows.map(({ firstDoc, postings }) =>
			inRow(`row ${token} ${firstDoc}`, () => readRow(firstDoc, postings)),
		)
		const merged = mergePostings(parts, { mostBytes: mostRowBytes, keepsDoc })
		compacted.push({ token, gone: rows, rows: merged, lostDocs: countDocs(parts) - countDocs(merged) })
		if (turns.isOver()) await turns.next()
	}
	return compacted
}

/** Visits the rows with their postings, but for those that nobody can read, which are reported. */
export async function eachReadable(
	rows: readonly ReadRow[],
	onDamage: ReportDamage = () => {},
	visit: (row: ReadRow, postings: Postings) => void,
): Promise<void> {
	const turns = createTurns()
	for (const row of rows) {
		try {
			visit(
				row,
				inRow(`row ${row.token} ${row.firstDoc}`, () => decodePostings(readRow(row.firstDoc, row.postings))),
			)
		} catch (error) {
			if (!(error instanceof DamagedIndexError)) throw error
			onDamage(error)
		}
		if (turns.isOver()) await turns.next()
	}
}

function sizeOf(rows: readonly ListedRow[]): number {
	return rows.reduce((sum, { size }) => sum + size, 0)
}

function countDocs(rows: readonly Pick<PostingsPart | PostingsRow, 'docs'>[]): number {
	return rows.reduce((sum, { docs }) => sum + docs, 0)
}
