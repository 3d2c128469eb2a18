import type { Queryable, Statement } from '@mercat/database/queryable'
import { createTurns } from '../../turns/turns.ts'
import { createSegmentBuilder, type SegmentDoc } from '../segments/encode-segment.ts'

const insertSegment: Statement = {
	name: 'insert-search-segment',
	text: 'insert into search_segment (docs, first_doc, last_doc, data) values ($1, $2, $3, $4)',
}

/**
 * Puts the texts of products into the index, with the transaction that writes them. Other calls get turns of the event loop meanwhile.
 *
 * @param docs the docs have numbers of their own
 */
export async function writeSegment(transaction: Queryable, docs: readonly SegmentDoc[]): Promise<void> {
	if (docs.length === 0) return
	const builder = createSegmentBuilder()
	const sorted = docs.toSorted((a, b) => a.doc - b.doc)
	const turns = createTurns()
	for (const doc of sorted) {
		builder.add(doc)
		if (turns.isOver()) await turns.next()
	}
	const steps = builder.encode()
	let step = steps.next()
	for (; !step.done; step = steps.next()) if (turns.isOver()) await turns.next()
	await transaction.query(insertSegment, [docs.length, sorted[0]?.doc, sorted.at(-1)?.doc, asBuffer(step.value)])
}

// The driver sends a buffer as it is.
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength)
}

const nextRanges: Statement = {
	name: 'next-search-docs',
	text: `select nextval('search_doc') as first from generate_series(1, $1::integer)`,
}

/** Takes ranges of numbers of docs. They stay taken when the transaction is rolled back. */
export async function takeDocRanges(queryable: Queryable, count: number): Promise<number[]> {
	const ranges = await queryable.query<{ first: number }>(nextRanges, [count])
	return ranges.map(({ first }) => first)
}
