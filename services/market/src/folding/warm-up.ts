import type { Verdict } from '../checking/verdict.ts'
import type { JudgedTick } from './blocks/judged-tick.ts'

/** What stored bars tell of a product. Amounts are in one currency. */
export type RememberedPrice = {
	sku: string
	currency: string
	/** The first price of the day; null when there was none yet. Times are in milliseconds since 1970. */
	firstMinor: number | null
	firstAtMs: number | null
	lastMinor: number
	lastAtMs: number
}

export type WarmUpNeeds = {
	/** The latest stored blocks with so many ticks, the oldest first. */
	readLatest(leastTicks: number): AsyncIterable<{ ticks: readonly JudgedTick[] }>
	/** The prices of products since a time. The first one is that of the day that begins at `dayMs`. */
	readPrices(sinceMs: number, dayMs: number): Promise<RememberedPrice[]>
	checks: {
		replay(tick: JudgedTick, verdict: Verdict): void
		restoreFirst(tick: { sku: string; amountMinor: number; atMs: number }): void
		restoreLast(tick: { sku: string; currency: string; amountMinor: number; atMs: number }): void
	}
	/** Milliseconds since 1970. */
	now(): number
}

// Of 2,000 products with ten ticks a second each, these are the ticks of the last 25 seconds.
export const warmUpTicks = 500_000

const dayMs = 86_400_000

/**
 * Lets the checks remember what they knew before the process started. A product whose last ticks are older than those that are read
 * has its last price and the first one of the day, and begins a new window.
 *
 * @param options.maxAgeMs how old the ticks of a snapshot may be, which repeat what was known
 */
export async function warmUp(
	{ readLatest, readPrices, checks, now }: WarmUpNeeds,
	{ maxAgeMs, leastTicks = warmUpTicks }: { maxAgeMs: number; leastTicks?: number },
): Promise<void> {
	const nowMs = now()
	const beginOfDay = nowMs - (nowMs % dayMs)
	const remembered = await readPrices(Math.min(beginOfDay, nowMs - maxAgeMs), beginOfDay)
	for (const { sku, firstMinor, firstAtMs } of remembered) {
		if (firstMinor !== null && firstAtMs !== null)
			checks.restoreFirst({ sku, amountMinor: firstMinor, atMs: firstAtMs })
	}
	for await (const { ticks } of readLatest(leastTicks)) {
		for (const tick of ticks) checks.replay(tick, tick.verdict)
	}
	for (const { sku, currency, lastMinor, lastAtMs } of remembered)
		checks.restoreLast({ sku, currency, amountMinor: lastMinor, atMs: lastAtMs })
}
