import { createTurns } from '../../turns/turns.ts'
import type { StoredSegment } from '../index/index-rows.ts'
import { DamagedIndexError, inRow, type ReportDamage } from '../segments/damaged-index-error.ts'
import { decodePostings } from '../segments/decode-postings.ts'
import { openSegment } from '../segments/segment.ts'
import { type FoldSegmentsNeeds, firstWithin } from './fold-segments.ts'

export type SetAsideDamagedNeeds = FoldSegmentsNeeds & { onDamage: ReportDamage }

/**
 * Looks at the segments of the next fold. Those that nobody can read are taken out of the index, and their products are indexed anew.
 *
 * @returns how many were taken out
 */
export async function setAsideDamaged({ mostDocs, foldTransaction, onDamage }: SetAsideDamagedNeeds): Promise<number> {
	const found = await foldTransaction(async ({ listOldest, readSegments, setAside }) => {
		const turns = createTurns()
		const damaged: { id: number; error: DamagedIndexError }[] = []
		for (const { id } of firstWithin(await listOldest(), mostDocs)) {
			const [segment] = await readSegments([id])
			const error = segment && damageOf(segment)
			if (error !== undefined) damaged.push({ id, error })
			if (turns.isOver()) await turns.next()
		}
		return damaged.length > 0 && (await setAside(damaged.map(({ id }) => id))) ? damaged : []
	})
	for (const { error } of found ?? []) onDamage(error)
	return found?.length ?? 0
}

function damageOf({ id, data }: StoredSegment): DamagedIndexError | undefined {
	try {
		inRow(`segment ${id}`, () => {
			const segment = openSegment(data)
			for (let index = 0; index < segment.tokenCount; index++) decodePostings(segment.part(index))
		})
		return undefined
	} catch (error) {
		if (error instanceof DamagedIndexError) return error
		throw error
	}
}
