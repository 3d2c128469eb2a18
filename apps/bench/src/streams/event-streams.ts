import { setTimeout as sleep } from 'node:timers/promises'
import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import type { HttpJob } from '../load/http-generator.ts'
import { p99WithFailures } from '../load/load-result.ts'
import { type Generator, startGenerator, startHttpGenerator } from '../load/start-generator.ts'
import { halfOfPeak } from '../measures/half-of-peak.ts'
import type { Measure } from '../measures/measure.ts'
import { orderTurn } from '../measures/order-load.ts'
import { type ObservedContestant, recordTurns, type Turn } from '../measures/record-turns.ts'
import { watchProcesses } from '../overload/watch-processes.ts'
import type { Bench } from '../running/bench.ts'
import type { BenchProcess } from '../running/bench-process.ts'
import { median } from '../running/measurement.ts'
import { cpuMs, residentBytes } from '../running/proc.ts'
import { streamMeasurements } from './stream-measurements.ts'
import type { ReadersJob, ReadersReport } from './stream-readers.ts'

const reading = 250
const silent = 50
// The system takes some 4 MB for a stream that nobody reads. Only then the order service must wait for its reader.
const earlierOrders = 10_000
const fillSeconds = 15

/**
 * Orders at half of the peak, beside 300 streams of events, 50 of which are never read. Streams are opened before each
 * turn and closed after it, so that they take nothing from the turns without streams.
 */
export const eventStreams: Measure = {
	name: 'event-streams',
	hasLongTurns: true,
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const generator = opened.use(startHttpGenerator(bench.interruption))
		const readers = opened.use(
			startGenerator<ReadersJob, ReadersReport>(import.meta.resolve('./stream-readers.ts'), bench.interruption),
		)
		const alone = opened.use(await startMercat(bench, { name: 'no stream' }))
		const streaming = opened.use(await startMercat(bench, { name: `${reading + silent} streams` }))
		const ratePerSecond = await halfOfPeak(bench, alone)
		await generator.run(orderTurn(bench, streaming, { clients: bench.options.clients, requests: earlierOrders }).job)
		const contestants = [
			turnAlone(bench, alone, ratePerSecond),
			turnWithStreams(bench, streaming, readers, ratePerSecond),
		]
		const recorded = await recordTurns(bench, generator, contestants, describe)
		return streamMeasurements(recorded, {
			ratePerSecond,
			seconds: bench.options.seconds,
			alone: alone.name,
			streaming: streaming.name,
		})
	},
}

export type StreamTurn = Turn & {
	/** The memory of the order service: at the start of the turn, and then every second. */
	residentMb: number[]
	/** The events that each reader has read per second of the turn. Empty without streams. */
	eventsPerSecond: number[]
	/** The number of streams that the server has ended. */
	ended: number
}

function turnAlone(bench: Bench, shop: Mercat, ratePerSecond: number): ObservedContestant<HttpJob, StreamTurn> {
	return {
		...orderTurn(bench, shop, { ratePerSecond, seconds: bench.options.seconds }),
		async observe(run) {
			const [load, residentMb] = await Promise.all([run(), watchMemory(bench, shop.order)])
			return { load, residentMb, eventsPerSecond: [], ended: 0 }
		},
	}
}

function turnWithStreams(
	bench: Bench,
	shop: Mercat,
	readers: Generator<ReadersJob, ReadersReport>,
	ratePerSecond: number,
): ObservedContestant<HttpJob, StreamTurn> {
	const turn = turnAlone(bench, shop, ratePerSecond)
	const origin = `http://${shop.order.address}`
	return {
		...turn,
		processes: [...turn.processes, { role: 'readers', pid: readers.pid }],
		async prepare() {
			const open = { origin, secret: bench.secret }
			await readers.run({ open: { ...open, count: silent, reads: false } })
			await Promise.race([sleep(1000 * fillSeconds), bench.interruption])
			await readers.run({ open: { ...open, count: reading, reads: true } })
		},
		async observe(run) {
			const before = await readers.run({ count: true })
			const seen = await turn.observe(run)
			const after = await readers.run({ close: true })
			const eventsPerSecond = after.events.map((count, reader) => {
				return (count - (before.events[reader] ?? 0)) / seen.load.seconds
			})
			return { ...seen, eventsPerSecond, ended: after.ended }
		},
	}
}

async function watchMemory({ options: { seconds } }: Bench, { role, pid }: BenchProcess): Promise<number[]> {
	const watched = { role, cpuMs: () => cpuMs(pid), residentBytes: () => residentBytes(pid) }
	const watches = await watchProcesses([watched], seconds)
	return watches.flatMap(({ residentMb }) => residentMb)
}

function describe({ load, residentMb, eventsPerSecond, ended }: StreamTurn): string {
	const orders = `p50 ${load.p50Ms.toFixed(1)} ms, p99 ${p99WithFailures(load).toFixed(1)} ms, ${load.completed} placed`
	const memory = `order service ${median(residentMb).toFixed(0)} MB`
	if (eventsPerSecond.length === 0) return `${orders}, ${memory}`
	const [least, most] = [Math.min(...eventsPerSecond), Math.max(...eventsPerSecond)]
	return `${orders}, ${memory}, ${least.toFixed(0)} to ${most.toFixed(0)} events/s for each reader, ${ended} streams ended`
}
