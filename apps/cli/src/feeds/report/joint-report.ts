import type { SyncReport } from './sync-report.ts'

/** The last runs of feeds that each have a clock of their own, as one report. */
export type JointReport = {
	/** Takes the last run of a feed, and gives the report of all that have run. */
	put(feed: string, run: SyncReport): SyncReport
}

/** @param names of the feeds, in the order of the settings */
export function createJointReport(names: readonly string[]): JointReport {
	const runs = new Map<string, SyncReport>()

	return {
		put(feed, run) {
			runs.set(feed, run)
			const inOrder = names.flatMap((name) => runs.get(name) ?? [])
			return {
				startedAt: inOrder.map(({ startedAt }) => startedAt).toSorted()[0] ?? run.startedAt,
				endedAt:
					inOrder
						.map(({ endedAt }) => endedAt)
						.toSorted()
						.at(-1) ?? run.endedAt,
				feeds: inOrder.flatMap(({ feeds }) => feeds),
				rows: inOrder.flatMap(({ rows }) => rows),
			}
		},
	}
}
