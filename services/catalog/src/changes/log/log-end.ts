import type { Budget } from '@mercat/service/budget'
import type { EntryIdentity } from './change-entry.ts'
import type { SettledLog } from './change-log.ts'
import type { LogEnd, LogRun } from './log-run.ts'

export type LogEndNeeds = {
	/**
	 * Gives positions to up to `limit` committed entries. Gives none while another process does this.
	 *
	 * @param known the position of `knownIdentity`
	 */
	assignPositions(limit: number, known: number): Promise<LogRun>
	/** @param known the position of `knownIdentity` */
	ends(known: number, budget?: Budget): Promise<LogEnd & { first: number }>
}

type KnownEnd = Pick<LogEnd, 'logId' | 'last' | 'identity'>

/**
 * The end of the log as this process knows it. Each look at the log also looks at the entry that was the last one before. When
 * that has gone or is another one, the database was put back: by a restore, or by a failover to a server that lacked it.
 */
export function createLogEnd({ assignPositions, ends }: LogEndNeeds) {
	let known: KnownEnd | undefined
	let losses = 0
	let settled: SettledLog | undefined
	let begunRuns = 0
	let settledRun = 0
	let onLost: (last: number) => void = () => {}

	async function look<End extends LogEnd>(ask: (position: number) => Promise<End>): Promise<End> {
		const asked = known
		const lossesBefore = losses
		const found = await ask(asked?.last ?? 0)
		// An answer from before a loss tells nothing.
		if (losses !== lossesBefore) return found
		if (asked !== undefined && isAnother(asked, found)) {
			losses++
			known = found
			settled = undefined
			onLost(found.last)
		} else if (known === undefined || found.last >= known.last) known = found
		return found
	}

	return {
		/** Calls `listener` with the last position when the entry that was the last one has gone. */
		whenLost(listener: (last: number) => void): void {
			onLost = listener
		},

		async assign(limit: number): Promise<LogRun> {
			const run = ++begunRuns
			const lossesBefore = losses
			const found = await look((position) => assignPositions(limit, position))
			const { logId, last, identity, atMs, isSettled } = found
			// A run that finds a loss counts. A run from before a loss does not.
			if (isSettled && (losses === lossesBefore || known === found)) {
				settled = { logId, position: last, identity, atMs }
				settledRun = run
			}
			return found
		},

		ends: (budget?: Budget) => look((position) => ends(position, budget)),

		settled: () => settled,
		/** The number of the run that found `settled()`. Runs count from 1. */
		settledRun: () => settledRun,
		/** How many runs have begun. */
		begunRuns: () => begunRuns,
	}
}

function isAnother(before: KnownEnd, { logId, knownIdentity }: LogEnd): boolean {
	if (logId !== before.logId) return true
	return before.identity !== undefined && !isSameEntry(before.identity, knownIdentity)
}

export function isSameEntry(one: EntryIdentity, other: EntryIdentity | undefined): boolean {
	return one.xid === other?.xid && one.atUs === other.atUs
}
