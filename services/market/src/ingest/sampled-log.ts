import type { Logger } from '@mercat/service/log'

/**
 * A log for events that may come in floods. It writes a line for the first event of a kind, and then at most one every 10 s,
 * which tells how many there were.
 */
export type SampledLog = { [Level in 'info' | 'warn']: (text: string, facts: Record<string, unknown>) => void }

const everyMs = 10_000

/** @param now milliseconds from any moment */
export function createSampledLog(log: Pick<Logger, 'info' | 'warn'>, now = () => performance.now()): SampledLog {
	const kinds = new Map<string, { writtenAt: number; unwritten: number }>()

	function write(level: 'info' | 'warn', text: string, facts: Record<string, unknown>): void {
		const kind = kinds.get(text) ?? { writtenAt: Number.NEGATIVE_INFINITY, unwritten: 0 }
		kinds.set(text, kind)
		kind.unwritten++
		if (now() - kind.writtenAt < everyMs) return
		log[level]({ ...facts, count: kind.unwritten }, text)
		kind.writtenAt = now()
		kind.unwritten = 0
	}

	return {
		info: (text, facts) => write('info', text, facts),
		warn: (text, facts) => write('warn', text, facts),
	}
}
