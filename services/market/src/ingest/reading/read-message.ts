import type { SourceMessage } from '../../ticks/source-message.ts'
import type { BadTick, Tick } from '../../ticks/tick.ts'
import { createMemberAt } from './member-at.ts'
import type { MessageSettings } from './message-settings.ts'
import { createReadTick, isBadTick } from './read-tick.ts'

/** Why nothing of a message can be used: it is no JSON, it is no object, or the first member that is wrong. */
export type BadMessageReason = 'json' | 'form' | 'seq' | 'snapshot' | 'ticks'

/** A message, or the reason that it is none. One whose number can be read keeps its place, so that it leaves no gap. */
export type ReadResult = { message?: SourceMessage; reason?: BadMessageReason }

/** @param cameAt on the clock of `performance.now()` */
export type ReadMessage = (data: Buffer, cameAt: number) => ReadResult

export function createReadMessage(settings: MessageSettings): ReadMessage {
	const seqAt = createMemberAt(settings.map.seq)
	const ticksAt = createMemberAt(settings.map.ticks)
	const snapshotAt = createMemberAt(settings.map.snapshot)
	const readTick = createReadTick(settings)

	return (data, cameAt) => {
		const value = parse(data)
		if (value === undefined) return { reason: 'json' }
		if (typeof value !== 'object' || value === null) return { reason: 'form' }
		const seq = seqAt(value)
		if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return { reason: 'seq' }
		const facts = { seq, bytes: data.length, cameAt }
		const snapshot = snapshotAt(value) ?? false
		if (typeof snapshot !== 'boolean') return { message: emptyMessage(facts), reason: 'snapshot' }
		const given = ticksAt(value)
		// An empty message of a snapshot would replace what was missed with nothing.
		if (typeof given !== 'object' || given === null) return { message: emptyMessage(facts), reason: 'ticks' }
		const ticks: Tick[] = []
		const bad: BadTick[] = []
		for (const one of Array.isArray(given) ? given : [given]) {
			const tick = readTick(one)
			if (isBadTick(tick)) bad.push(tick)
			else ticks.push(tick)
		}
		return { message: { ...facts, isSnapshot: snapshot, ticks, bad } }
	}
}

function emptyMessage(facts: Pick<SourceMessage, 'seq' | 'bytes' | 'cameAt'>): SourceMessage {
	return { ...facts, isSnapshot: false, ticks: [], bad: [] }
}

function parse(data: Buffer): unknown {
	try {
		return JSON.parse(data.toString())
	} catch {
		return undefined
	}
}
