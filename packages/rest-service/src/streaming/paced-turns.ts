import { Gauge } from '@mercat/service/metrics'

/** Writes something, and resolves to the bytes that it has written. It does not reject. */
export type Turn = () => Promise<number>

export type PacedTurnsOptions = {
	/** The most bytes in a second, of all turns together. */
	bytesPerSecond?: number
}

export type PacedTurns = {
	/** Runs the turn once, after all turns that wait already. */
	wait(turn: Turn): void
}

// A turn costs at least so many bytes, because a write takes time, however short it is.
const leastTurnBytes = 8 * 1024
const emptyTurnBytes = 1024
const mostSavedMs = 10
const mostTurnsAtOnce = 8
const pauseMs = 5
// Of all streams of a process: a hundred readers far behind must not slow the placing of orders.
const defaultBytesPerSecond = 16 * 1024 * 1024

const waitingGauge = new Gauge({
	name: 'mercat_stream_turns_waiting',
	help: 'Streams that have something to write and wait for their turn',
})

/**
 * Gives turns in the order in which they were asked for, so many that their writes stay below a rate. Only a few begin in
 * one turn of the event loop, so that requests go on in between.
 */
export function createPacedTurns({ bytesPerSecond = defaultBytesPerSecond }: PacedTurnsOptions = {}): PacedTurns {
	const mostSaved = (bytesPerSecond * mostSavedMs) / 1_000
	const waiting: Turn[] = []
	let saved = mostSaved
	let savedAt = performance.now()
	let isScheduled = false

	function save(): void {
		const now = performance.now()
		saved = Math.min(mostSaved, saved + ((now - savedAt) / 1_000) * bytesPerSecond)
		savedAt = now
	}

	async function begin(turn: Turn): Promise<void> {
		saved -= leastTurnBytes
		const bytes = await turn()
		saved += leastTurnBytes - (bytes === 0 ? emptyTurnBytes : Math.max(bytes, leastTurnBytes))
	}

	function run(): void {
		isScheduled = false
		save()
		for (let begun = 0; begun < mostTurnsAtOnce && saved > 0; begun++) {
			const turn = waiting.shift()
			if (turn === undefined) break
			waitingGauge.dec()
			void begin(turn)
		}
		schedule()
	}

	function schedule(): void {
		if (isScheduled || waiting.length === 0) return
		isScheduled = true
		if (saved > 0) setImmediate(run)
		else setTimeout(run, pauseMs).unref()
	}

	return {
		wait(turn) {
			waiting.push(turn)
			waitingGauge.inc()
			schedule()
		},
	}
}
