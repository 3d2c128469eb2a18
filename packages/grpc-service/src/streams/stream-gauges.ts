import { Counter, Gauge } from '@mercat/service/metrics'

export const openStreams = new Gauge({
	name: 'mercat_watch_streams_open',
	help: 'Streams of changes that are open',
})

export const waitingBytes = new Gauge({
	name: 'mercat_watch_waiting_bytes',
	help: 'Bytes that streams of changes were given and their readers have not taken',
})

/** Why the server ends a stream. */
export type StreamEnd = 'age' | 'drain' | 'error' | 'lost' | 'slow'

export const endedStreams = new Counter({
	name: 'mercat_watch_streams_ended_total',
	help: 'Streams of changes that the server has ended: because of their age, at a drain, after an error, because the database was put back or has failed (lost), or because too much waited for their readers (slow)',
	labelNames: ['reason'],
})
