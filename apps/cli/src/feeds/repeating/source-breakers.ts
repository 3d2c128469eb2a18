import type { FeedResult } from '../report/feed-result.ts'

export type SourceBreakers = {
	/** Why a source is left out of the next run; undefined when it is not. */
	leftOut(feed: { name: string }): string | undefined
	/** Takes note of what became of a source in a run. */
	note(result: Pick<FeedResult, 'name' | 'outcome'> & { isSourceFault: boolean }): void
}

export type SourceBreakersNeeds = { now?(): number }

const failuresToOpen = 3
const mostRounds = 16
const longestMs = 21_600_000

/**
 * A breaker for each source: one that has failed three times in a row is left alone for two rounds, then tried once, and
 * after each further failure left alone for twice as long, up to six hours.
 */
export function createSourceBreakers(
	everyMs: number,
	{ now = () => performance.now() }: SourceBreakersNeeds = {},
): SourceBreakers {
	const failures = new Map<string, { count: number; closedUntil: number }>()

	return {
		leftOut({ name }) {
			const { count = 0, closedUntil = 0 } = failures.get(name) ?? {}
			const leftMs = closedUntil - now()
			if (count < failuresToOpen || leftMs <= 0) return undefined
			return `the source has failed ${count} times in a row and is left alone for ${describeTime(leftMs)} more`
		},
		note({ name, outcome, isSourceFault }) {
			// Neither a source that was left out nor trouble of the catalog tells anything of the health of the source.
			if (outcome === 'notRun' || (outcome === 'failed' && !isSourceFault)) return
			if (outcome !== 'failed') {
				failures.delete(name)
				return
			}
			const count = (failures.get(name)?.count ?? 0) + 1
			const rounds = Math.min(2 ** (count - failuresToOpen + 1), mostRounds)
			// Half a round less, because a run may begin a little early.
			const restMs = Math.min((rounds + 0.5) * everyMs, longestMs)
			failures.set(name, { count, closedUntil: now() + restMs })
		},
	}
}

function describeTime(ms: number): string {
	const seconds = Math.ceil(ms / 1_000)
	return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
