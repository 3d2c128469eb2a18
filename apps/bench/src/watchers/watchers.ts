import { setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerJobs } from '../load/answer-jobs.ts'
import { createLatencies } from '../load/latencies.ts'
import { addFailures } from '../running/measurement.ts'
import { keepWatching } from './keep-watching.ts'
import { startWatcher, type Watcher } from './watcher.ts'

export type WatchersJob =
	/** Opens watchers: of everything, of 500 products each, and some that never read. */
	| { open: { address: string; all: number; filtered: number; silent: number; calls: number } }
	/** Closes the watchers once they have the changes of these calls, or after a while. */
	| { close: { calls: number } }

export type WatchersReport = {
	/** The changes that the watchers together were to hear. */
	expected: number
	delivered: number
	missing: number
	doubled: number
	quantities: number
	/** From the change to the watcher. */
	p50Ms: number
	p99Ms: number
	/** How often streams have ended, by the status. */
	ends: Record<string, number>
}

const patienceMs = 10_000
const lookMs = 20

// Low priority: the watchers must not take CPU time from the servers on the same machine.
setPriority(10)

let watchers: Watcher[] = []
let silent: Disposable[] = []
let silentEnds: Record<string, number> = {}
let latencies = createLatencies()

answerJobs(async (job: WatchersJob): Promise<WatchersReport> => {
	if ('open' in job) await open(job.open)
	return 'close' in job ? await close(job.close.calls) : reportOf(job.open.calls)
})

async function open(job: Extract<WatchersJob, { open: unknown }>['open']): Promise<void> {
	const { address, calls } = job
	latencies = createLatencies()
	const filters = Array.from({ length: job.all + job.filtered }, (_, index) =>
		index < job.all ? undefined : index - job.all,
	)
	watchers = filters.map((filter) => startWatcher({ address, filter, calls, latencies }))
	silentEnds = {}
	silent = Array.from({ length: job.silent }, () => watchSilently(address))
	await Promise.all(watchers.map(({ ready }) => ready))
}

function watchSilently(address: string): Disposable {
	return keepWatching({ address, request: () => ({}), ended: (status) => addFailures(silentEnds, { [status]: 1 }) })
}

async function close(calls: number): Promise<WatchersReport> {
	const givenUpAt = performance.now() + patienceMs
	while (watchers.some((watcher) => watcher.missing(calls) > 0) && performance.now() < givenUpAt) await sleep(lookMs)
	const report = reportOf(calls)
	const open = [...watchers, ...silent]
	watchers = []
	silent = []
	for (const watch of open) watch[Symbol.dispose]()
	return report
}

function reportOf(calls: number): WatchersReport {
	const sum = (count: (watcher: Watcher) => number) => watchers.reduce((total, watcher) => total + count(watcher), 0)
	const ends = { ...silentEnds }
	for (const { counts } of watchers) addFailures(ends, counts.ends)
	const { p50Ms, p99Ms } = latencies.percentiles()
	return {
		expected: sum((watcher) => watcher.expected(calls)),
		delivered: sum(({ counts }) => counts.delivered),
		missing: sum((watcher) => watcher.missing(calls)),
		doubled: sum(({ counts }) => counts.doubled),
		quantities: sum(({ counts }) => counts.quantities),
		p50Ms,
		p99Ms,
		ends,
	}
}
