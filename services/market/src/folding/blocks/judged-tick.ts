import { refused, type Verdict } from '../../checking/verdict.ts'
import type { SourceMessage } from '../../ticks/source-message.ts'
import type { BadTick, Tick } from '../../ticks/tick.ts'

/** A tick with the number of its message and with what the checks have said. A bad tick has an amount and a time that are NaN. */
export type JudgedTick = Tick & {
	seq: number
	verdict: Verdict
	/** When its message came, on the clock of `performance.now()`. Missing for a stored tick. */
	cameAt?: number
}

/** The ticks of a message, judged one after the other. */
export function judgeMessage(
	{ seq, isSnapshot, ticks, bad, cameAt }: Omit<SourceMessage, 'bytes'>,
	judge: (tick: Tick, isRepeated: boolean) => Verdict,
): JudgedTick[] {
	const judged = ticks.map((tick): JudgedTick => {
		const { sku, amountMinor, currency, available, atMs } = tick
		return { sku, amountMinor, currency, available, atMs, seq, verdict: judge(tick, isSnapshot), cameAt }
	})
	for (const tick of bad) judged.push(refuseBad(tick, seq))
	return judged
}

function refuseBad({ sku = '' }: BadTick, seq: number): JudgedTick {
	return {
		// A source may send anything.
		sku: sku.includes('\n') ? '' : sku,
		amountMinor: Number.NaN,
		currency: '',
		available: undefined,
		atMs: Number.NaN,
		seq,
		verdict: refused('BAD_TICK'),
	}
}
