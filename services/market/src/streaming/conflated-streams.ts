import { randomLifeMs } from '@mercat/grpc-service/random-life'
import { openStreams } from '@mercat/grpc-service/stream-gauges'
import type { UnreadTotal } from '@mercat/grpc-service/unread-total'
import { type ConflatedStream, type ConflatedStreamNeeds, openConflatedStream } from './conflated-stream.ts'

/** The open streams of a process. */
export type ConflatedStreams = Disposable & {
	open(needs: Omit<ConflatedStreamNeeds, 'unreadTotal' | 'lifeMs'>): ConflatedStream
}

const checkMs = 1_000

export function createConflatedStreams(unreadTotal: UnreadTotal): ConflatedStreams {
	const streams = new Set<ConflatedStream>()
	const checks = setInterval(() => {
		for (const stream of [...streams]) stream.check()
	}, checkMs)
	return {
		open(needs) {
			const stream = openConflatedStream({ ...needs, unreadTotal, lifeMs: randomLifeMs() })
			streams.add(stream)
			openStreams.inc()
			return {
				...stream,
				close() {
					stream.close()
					if (streams.delete(stream)) openStreams.dec()
				},
			}
		},
		[Symbol.dispose]: () => clearInterval(checks),
	}
}
