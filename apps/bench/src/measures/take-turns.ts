import type { LoadResult } from '../load/load-result.ts'
import type { Generator } from '../load/start-generator.ts'
import type { Bench } from '../running/bench.ts'
import type { BenchProcess } from '../running/bench-process.ts'
import { addFailures, type Measurement } from '../running/measurement.ts'
import { cpuMs, cpuMsWithChildren } from '../running/proc.ts'
import { turnOrder } from './turn-order.ts'

export type Contestant<Job> = {
	name: string
	processes: BenchProcess[]
	job: Job
	/** Called before each turn of the contestant. */
	prepare?(): Promise<void>
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
 * @param measured computes the value of a turn
 */
export async function takeTurns<Job>(
	bench: Bench,
	generator: Generator<Job>,
	contestants: Contestant<Job>[],
	measured: (load: LoadResult) => number,
): Promise<Pick<Measurement, 'isByRound' | 'results'>> {
	const { seconds, rounds } = bench.options
	const entries = contestants.map((contestant) => ({ contestant, tally: createRoundTally() }))
	await bench.postgres.checkpoint()
	const warmUps = Math.ceil(warmUpSeconds / seconds)
	for (let round = 1 - warmUps; round <= rounds; round++) {
		for (const { contestant, tally } of turnOrder(entries, round + warmUps)) {
			const { name, processes, job, prepare } = contestant
			await prepare?.()
			const readCpu = () => ({
				...Object.fromEntries(processes.map(({ role, pid }) => [role, cpuMsWithChildren(pid)])),
				postgres: bench.postgres.cpuMs(),
				load: cpuMs(generator.pid),
			})
			const before = readCpu()
			const load = await generator.run(job)
			const value = measured(load)
			bench.report(`  ${round <= 0 ? 'warm-up' : `round ${round}`}  ${name}: ${value.toFixed(2)}${failureNote(load)}`)
			if (round > 0) tally.add(value, load, before, readCpu())
		}
	}
	const results = entries.map(({ contestant, tally }) => ({ contestant: contestant.name, ...tally.result() }))
	return { isByRound: true, results }
}

type CpuTimes = Record<string, number>

function createRoundTally() {
	const values: number[] = []
	const failures: Record<string, number> = {}
	const cpuTotals: CpuTimes = {}
	let completed = 0
	return {
		add(value: number, load: LoadResult, before: CpuTimes, after: CpuTimes): void {
			values.push(value)
			completed += load.completed
			addFailures(failures, load.failures)
			for (const [process, ms] of Object.entries(after)) {
				cpuTotals[process] = (cpuTotals[process] ?? 0) + ms - (before[process] ?? 0)
			}
		},
		result() {
			const perOperation = Object.entries(cpuTotals).map(([process, ms]) => [process, (1000 * ms) / completed])
			return { values, failures, cpuMicros: Object.fromEntries(perOperation) as CpuTimes }
		},
	}
}

function failureNote({ failures }: LoadResult): string {
	const notes = Object.entries(failures).map(([code, count]) => `${count} × ${code}`)
	return notes.length === 0 ? '' : `  FAILED: ${notes.join(', ')}`
}
