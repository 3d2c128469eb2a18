import type { LoadResult } from '../load/load-result.ts'
import type { Generator } from '../load/start-generator.ts'
import type { Bench } from '../running/bench.ts'
import type { BenchProcess } from '../running/bench-process.ts'
import { addFailures, type Result } from '../running/measurement.ts'
import { cpuMs, cpuMsWithChildren } from '../running/proc.ts'
import { turnOrder } from './turn-order.ts'

/** What every turn gives. */
export type Turn = { load: LoadResult }

export type Contestant<Job> = {
	name: string
	processes: Pick<BenchProcess, 'role' | 'pid'>[]
	job: Job
	/** Called before each turn of the contestant. Its CPU time does not count. */
	prepare?(): Promise<void>
}

export type ObservedContestant<Job, Observed extends Turn> = Contestant<Job> & {
	/** Runs the load of one turn, and observes what it causes meanwhile and afterwards. The CPU time of all of it counts. */
	observe(run: () => Promise<LoadResult>): Promise<Observed>
}

type CpuTimes = Record<string, number>

/** All turns of one contestant that count. */
export type RecordedTurns<Observed extends Turn> = {
	contestant: string
	turns: Observed[]
	/** CPU time over all turns, by process. */
	cpuMs: CpuTimes
}

const warmUpSeconds = 10

/**
 * Runs the load on each contestant in turn, for all rounds. Each round begins with another contestant, so a change of
 * the machine affects all of them. The first rounds are a warm-up and do not count.
 *
 * One checkpoint before the warm-up writes out the pages that earlier measures changed. Later checkpoints are left to
 * PostgreSQL: after a checkpoint it logs each page in full at its first change, and in production that does not happen
 * every few seconds.
 *
 * @param describe tells the result of a turn in a few words
 */
export async function recordTurns<Job, Observed extends Turn>(
	bench: Bench,
	generator: Generator<Job>,
	contestants: ObservedContestant<Job, Observed>[],
	describe: (turn: Observed) => string,
): Promise<RecordedTurns<Observed>[]> {
	const { seconds, rounds } = bench.options
	const entries = contestants.map((contestant) => {
		const recorded: RecordedTurns<Observed> = { contestant: contestant.name, turns: [], cpuMs: {} }
		return { contestant, recorded }
	})
	await bench.postgres.checkpoint()
	const warmUps = Math.ceil(warmUpSeconds / seconds)
	for (let round = 1 - warmUps; round <= rounds; round++) {
		for (const { contestant, recorded } of turnOrder(entries, round + warmUps)) {
			const { name, processes, job, prepare, observe } = contestant
			await prepare?.()
			const readCpu = () => ({
				...Object.fromEntries(processes.map(({ role, pid }) => [role, cpuMsWithChildren(pid)])),
				postgres: bench.postgres.cpuMs(),
				load: cpuMs(generator.pid),
			})
			const before = readCpu()
			const turn = await observe(() => generator.run(job))
			const after = readCpu()
			const when = round <= 0 ? 'warm-up' : `round ${round}`
			bench.report(`  ${when}  ${name}: ${describe(turn)}${failureNote(turn.load)}`)
			if (round <= 0) continue
			recorded.turns.push(turn)
			addCpu(recorded.cpuMs, before, after)
		}
	}
	return entries.map(({ recorded }) => recorded)
}

/** The result of a contestant: one value per turn, all failures, and the CPU time per completed request. */
export function toResult<Observed extends Turn>(
	recorded: RecordedTurns<Observed>,
	measured: (turn: Observed) => number,
): Result {
	const failures: Record<string, number> = {}
	for (const { load } of recorded.turns) addFailures(failures, load.failures)
	const completed = recorded.turns.reduce((sum, { load }) => sum + load.completed, 0)
	const perOperation = Object.entries(recorded.cpuMs).map(([process, ms]) => [process, (1000 * ms) / completed])
	return { ...toValues(recorded, measured), failures, cpuMicros: Object.fromEntries(perOperation) as CpuTimes }
}

/** Like {@link toResult}, for a further value of turns whose failures and CPU time another result has already. */
export function toValues<Observed extends Turn>(
	{ contestant, turns }: Pick<RecordedTurns<Observed>, 'contestant' | 'turns'>,
	measured: (turn: Observed) => number,
): Result {
	return { contestant, values: turns.map(measured), failures: {}, cpuMicros: {} }
}

function addCpu(totals: CpuTimes, before: CpuTimes, after: CpuTimes): void {
	for (const [process, ms] of Object.entries(after)) {
		totals[process] = (totals[process] ?? 0) + ms - (before[process] ?? 0)
	}
}

function failureNote({ failures }: LoadResult): string {
	const notes = Object.entries(failures).map(([code, count]) => `${count} × ${code}`)
	return notes.length === 0 ? '' : `  FAILED: ${notes.join(', ')}`
}
