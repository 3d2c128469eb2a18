import type { Tick } from '../../../src/ticks/tick.ts'

/** A tick that a source has sent, and what the rules of its settings make of it. */
export type RecordedTick = Tick & { seq: number; isHeld: boolean }

type Message = { seq: number; snapshot?: true; ticks: SentTick[] }
type SentTick = { sku: string; price: number; currency: string; available: number; at: number } | null

/** The share of the last accepted price, in percent, by which the next one may differ. All other checks have to find nothing. */
const maxTickChangePercent = 50

/** What a source has sent. It judges each tick by the one rule that its jumps break, and by nothing of the service. */
export type SourceRecord = ReturnType<typeof createSourceRecord>

export function createSourceRecord() {
	const ticks: RecordedTick[] = []
	const accepted = new Map<string, number>()
	const latest = new Map<string, RecordedTick>()
	let snapshots = 0

	function add(seq: number, sent: SentTick): void {
		// Something that is no tick stands between the others.
		if (!Number.isInteger(sent?.at) || sent?.at === 0) return
		const { sku, price: amountMinor, currency, available, at: atMs } = sent as NonNullable<SentTick>
		const before = accepted.get(sku) ?? amountMinor
		const isHeld = Math.abs(amountMinor - before) * 100 > maxTickChangePercent * before
		const tick = { sku, amountMinor, currency, available, atMs, seq, isHeld }
		if (!isHeld) accepted.set(sku, amountMinor)
		ticks.push(tick)
		latest.set(sku, tick)
	}

	return {
		/** Takes a message as it was sent, as JSON. A snapshot has nothing new. */
		record(text: string): void {
			const { seq, snapshot, ticks: sent } = JSON.parse(text) as Message
			if (snapshot) snapshots++
			else for (const tick of sent) add(seq, tick)
		},
		/** All ticks, in their order. */
		ticks: ticks as readonly RecordedTick[],
		snapshots: () => snapshots,
		/** The last accepted price of each product. */
		prices: (): ReadonlyMap<string, number> => accepted,
		/** The prices that wait for an approval: those of the products whose last tick is held. */
		holds: () => new Map([...latest].flatMap(([sku, tick]) => (tick.isHeld ? [[sku, tick.amountMinor] as const] : []))),
		/** The prices that were accepted of a product, the oldest first. */
		pricesOf: (sku: string, since = 0): number[] =>
			ticks.slice(since).flatMap((tick) => (tick.sku === sku && !tick.isHeld ? [tick.amountMinor] : [])),
	}
}
