import type { Engine } from '@mercat/testing/test-database'
import { type LogTail, openLogTail } from '../src/log-tail.ts'
import { type NumberedEvent, openLogStore } from './log-store.ts'

const bytesOfText = ({ text }: NumberedEvent) => text.length

/** A log with a tail that counts its reads. Its test tells the tail when the log has grown. */
export async function openLog(engine: Engine) {
	const store = await openLogStore(engine)
	const reads: [after: number, upTo: number][] = []
	let report: (lastPosition: number) => void = () => {}
	let underWay = 0
	let mostUnderWay = 0
	let answers = 0
	let gate: { arrive(): void; opened: Promise<void> } | undefined

	/** Passes on the answer of the database, once no hold is there. */
	async function pass<T>(asked: Promise<T>): Promise<T> {
		const answer = await asked
		gate?.arrive()
		await gate?.opened
		answers++
		return answer
	}

	return {
		...store,
		reads,
		mostUnderWay: () => mostUnderWay,
		/** How many answers of the database the tail has got. */
		answers: () => answers,
		open: (options: { positionsPerBlock?: number; mostCachedBytes?: number } = {}) =>
			openLogTail<NumberedEvent>(
				{
					ends: () => pass(store.ends()),
					async readBlock(after, upTo) {
						reads.push([after, upTo])
						mostUnderWay = Math.max(mostUnderWay, ++underWay)
						try {
							return await pass(store.readBlock(after, upTo))
						} finally {
							underWay--
						}
					},
					onPositions(listener) {
						report = listener
						return () => {
							report = () => {}
						}
					},
				},
				{ sizeOf: bytesOfText, ...options },
			),
		/** Tells the tail a last position. */
		report: (lastPosition: number) => report(lastPosition),
		async write(count: number, text = 'text'): Promise<void> {
			await store.add(Array(count).fill(text))
			const { lastPosition } = await store.assign(count + 1)
			report(lastPosition)
		},
		/** Holds the answers of the database back from now on. `arrived` resolves when there is one. */
		hold() {
			const arrived = Promise.withResolvers<void>()
			const opened = Promise.withResolvers<void>()
			gate = { arrive: arrived.resolve, opened: opened.promise }
			return {
				arrived: arrived.promise,
				release() {
					gate = undefined
					opened.resolve()
				},
			}
		},
	}
}

/** All events that the tail has after a position. */
export async function readEvents(tail: LogTail<NumberedEvent>, from = 0): Promise<NumberedEvent[]> {
	const events: NumberedEvent[] = []
	for (let position = from; ; ) {
		const part = await tail.read(position)
		events.push(...part.events)
		if (part.readTo === position) return events
		position = part.readTo
	}
}

export async function readPositions(tail: LogTail<NumberedEvent>, from = 0): Promise<number[]> {
	return (await readEvents(tail, from)).map(({ position }) => position)
}

export const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
