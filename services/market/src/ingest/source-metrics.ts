import { Counter, Gauge } from '@mercat/service/metrics'
import type { SourceMessage } from '../ticks/source-message.ts'
import type { BadTickReason } from '../ticks/tick.ts'
import type { EndReason } from './connection-end.ts'
import type { BadMessageReason } from './reading/read-message.ts'

/**
 * What was counted of a source. The metrics read it at a scrape: a counter of the library would check its labels again for
 * each message.
 */
export type SourceCounts = {
	messages: number
	ticks: number
	snapshots: number
	duplicates: number
	/** Messages that had to wait for one before them. */
	reordered: number
	gaps: number
	/** How often reading stopped because the queue was full. */
	pauses: number
	countMessage(message: SourceMessage): void
	countBadMessage(reason: BadMessageReason): void
	countBadTick(reason: BadTickReason): void
	countEnd(reason: EndReason): void
}

/** What the gauges show of a source at a moment. */
export type SourceGauges = { isConnected: boolean; isPaused: boolean; isStale: boolean; waitingTicks: number }

const sources = new Map<string, SourceCounts>()
const shown = new Map<string, () => SourceGauges>()

function counter(name: string, help: string, read: (counts: SourceCounts) => number): void {
	new Counter({
		name: `mercat_source_${name}_total`,
		help,
		labelNames: ['source'],
		collect() {
			this.reset()
			for (const [source, counts] of sources) this.inc({ source }, read(counts))
		},
	})
}

function gauge(name: string, help: string, read: (gauges: SourceGauges) => number): void {
	new Gauge({
		name: `mercat_source_${name}`,
		help,
		labelNames: ['source'],
		aggregator: 'max',
		collect() {
			this.reset()
			for (const [source, gauges] of shown) this.set({ source }, read(gauges()))
		},
	})
}

counter('messages', 'Messages of sources that were taken in their order', ({ messages }) => messages)
counter('ticks', 'Ticks in these messages that could be read', ({ ticks }) => ticks)
counter('snapshots', 'Snapshots that replaced what was missed', ({ snapshots }) => snapshots)
counter('duplicates', 'Messages that had come before', ({ duplicates }) => duplicates)
counter('reordered', 'Messages that waited for one before them', ({ reordered }) => reordered)
counter('gaps', 'Messages that did not come in time, so that the source was asked for them again', ({ gaps }) => gaps)
counter('pauses', 'How often a source was not read because the queue was full', ({ pauses }) => pauses)
gauge('connected', 'Whether a source is connected', ({ isConnected }) => Number(isConnected))
gauge('paused', 'Whether a source is not read because the queue is full', ({ isPaused }) => Number(isPaused))
gauge('stale', 'Whether the prices of a source are stale', ({ isStale }) => Number(isStale))
gauge('waiting_ticks', 'Ticks between the socket and the check', ({ waitingTicks }) => waitingTicks)

const labelled = ['source', 'reason']
const badMessages = new Counter({
	name: 'mercat_source_bad_messages_total',
	help: 'Messages of which nothing can be used, by the first member that is wrong',
	labelNames: labelled,
})
const badTicks = new Counter({
	name: 'mercat_source_bad_ticks_total',
	help: 'Ticks that cannot be read, by the first member that is wrong',
	labelNames: labelled,
})
const ended = new Counter({
	name: 'mercat_source_connections_ended_total',
	help: 'Connections to sources that have ended, by the reason',
	labelNames: labelled,
})

/** The counts of a source go on when it is followed again. */
export function countsOf(source: string): SourceCounts {
	const known = sources.get(source)
	if (known !== undefined) return known
	const counts: SourceCounts = {
		...{ messages: 0, ticks: 0, snapshots: 0, duplicates: 0, reordered: 0, gaps: 0, pauses: 0 },
		countMessage({ ticks, isSnapshot }) {
			counts.messages++
			counts.ticks += ticks.length
			counts.snapshots += Number(isSnapshot)
		},
		countBadMessage: (reason) => badMessages.inc({ source, reason }),
		countBadTick: (reason) => badTicks.inc({ source, reason }),
		countEnd(reason) {
			counts.gaps += Number(reason === 'gap')
			ended.inc({ source, reason })
		},
	}
	sources.set(source, counts)
	return counts
}

/** Shows the gauges of a source until the result is disposed of. */
export function showSource(source: string, gauges: () => SourceGauges): Disposable {
	shown.set(source, gauges)
	return {
		[Symbol.dispose]() {
			if (shown.get(source) === gauges) shown.delete(source)
		},
	}
}
