import { isBeyond } from '../checking/price-guards.ts'
import type { HoldRule } from '../checking/verdict.ts'

/** A price of a source that waits for an approval. */
export type HeldPrice = { id: string; sku: string; source: string; rule: string; currency: string; amountMinor: number }

export type OpenHoldsNeeds = {
	/** The prices of a source that are held. */
	listHolds(source: string): Promise<HeldPrice[]>
	/** Whether a price is within the limits that people have set for its product. */
	isWithinLimits(hold: HeldPrice): Promise<boolean>
	/** Approves a held price. Returns false when it is held no longer, or with another price. */
	approveHold(hold: HeldPrice): Promise<boolean>
	/** Is told of each price that a second source has released. */
	released(hold: HeldPrice): void
	log: { warn(facts: object, message: string): void; info(facts: object, message: string): void }
}

export type OpenHoldsOptions = {
	/** The percent within which prices agree, by the source of the held one. */
	agreesWithinPercent: ReadonlyMap<string, number>
	now?(): number
}

/** The prices that checks of this service have held. A second source that agrees with one of them releases it. */
export type OpenHolds = {
	note(hold: HeldPrice): void
	/** The product has a price of the source that is not held. */
	forget(sku: string, source: string): void
	/** Takes a price that a source has sent, whatever became of it, as a second opinion. */
	hear(source: string, sku: string, currency: string, amountMinor: number): void
	/** Reads the held prices of a source, of which another process may have had some. */
	refresh(source: string): Promise<void>
	/** Resolves when no approval is under way. */
	settled(): Promise<void>
}

// Only checks of this service hold prices by these rules. The others are those of the catalog, too: what it holds is for people.
const ownRules = new Set<string>(['TICK_CHANGE', 'DAY_CHANGE', 'OUTLIER'] satisfies HoldRule[])
const repeatAfterMs = 5_000

type Entry = HeldPrice & { notedAt: number; isAsked: boolean; notBefore: number }

export function createOpenHolds(
	{ listHolds, isWithinLimits, approveHold, released, log }: OpenHoldsNeeds,
	{ agreesWithinPercent, now = () => performance.now() }: OpenHoldsOptions,
): OpenHolds {
	const bySku = new Map<string, Entry>()
	const approvals = new Set<Promise<void>>()

	function note(hold: HeldPrice): void {
		const known = bySku.get(hold.sku)
		if (known?.id === hold.id && isSamePrice(known, hold)) known.notedAt = now()
		else bySku.set(hold.sku, { ...hold, notedAt: now(), isAsked: false, notBefore: 0 })
	}

	async function approve(entry: Entry): Promise<void> {
		try {
			if (!(await isWithinLimits(entry))) {
				// A person has said that only a person may.
				entry.notBefore = Number.POSITIVE_INFINITY
				return
			}
			if (await approveHold(entry)) released(entry)
			if (bySku.get(entry.sku) === entry) bySku.delete(entry.sku)
		} catch (err) {
			entry.notBefore = now() + repeatAfterMs
			log.warn({ err, sku: entry.sku, source: entry.source }, 'a held price could not be released; it is tried again')
		} finally {
			entry.isAsked = false
		}
	}

	return {
		note,
		forget(sku, source) {
			if (bySku.get(sku)?.source === source) bySku.delete(sku)
		},
		hear(source, sku, currency, amountMinor) {
			const entry = bySku.get(sku)
			if (entry === undefined || entry.source === source || entry.currency !== currency || entry.isAsked) return
			const percent = agreesWithinPercent.get(entry.source) ?? 0
			if (isBeyond(entry.amountMinor, amountMinor, percent)) return
			if (entry.notBefore > now()) return
			entry.isAsked = true
			const facts = { sku, source: entry.source, rule: entry.rule, by: source }
			log.info(facts, 'a second source agrees with a held price, which is released')
			const approval = approve(entry).finally(() => approvals.delete(approval))
			approvals.add(approval)
		},
		async refresh(source) {
			const askedAt = now()
			const holds = await listHolds(source)
			const open = new Set(holds.map(({ id }) => id))
			for (const [sku, entry] of bySku) {
				const isGone = entry.source === source && entry.notedAt < askedAt && !open.has(entry.id)
				if (isGone) bySku.delete(sku)
			}
			for (const hold of holds) if (ownRules.has(hold.rule) && !bySku.has(hold.sku)) note(hold)
		},
		async settled() {
			await Promise.all(approvals)
		},
	}
}

function isSamePrice(one: HeldPrice, other: HeldPrice): boolean {
	return one.currency === other.currency && one.amountMinor === other.amountMinor
}
