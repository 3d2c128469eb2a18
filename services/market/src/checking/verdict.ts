/** Why a tick is refused. */
export const refusalRules = [
	'BAD_TICK',
	'UNKNOWN_SKU',
	'OTHER_SOURCE',
	'TOO_OLD',
	'CLOCK_AHEAD',
	// It came late, and would be held if it had not.
	'LATE',
	// A snapshot repeats what is known.
	'KNOWN',
] as const

export type RefusalRule = (typeof refusalRules)[number]

/** Why a price is held. All but the last are hard guards. */
export const holdRules = [
	'CURRENCY_CHANGED',
	'BELOW_FLOOR',
	'ABOVE_CEILING',
	'TICK_CHANGE',
	'DAY_CHANGE',
	'OUTLIER',
] as const

export type HoldRule = (typeof holdRules)[number]

/** The rule that a price breaks, with the numbers that it has compared. */
export type Breach = { rule: HoldRule; figures: Record<string, number> }

export type Verdict =
	/** The newest price of its product. With `anew`, the prices before it say nothing about those after it. */
	| { kind: 'accept'; anew: boolean }
	/** A good price, but a newer one is known. It only corrects its bar. */
	| { kind: 'late' }
	| { kind: 'refuse'; rule: RefusalRule }
	| ({ kind: 'hold' } & Breach)

export const accepted: Verdict = { kind: 'accept', anew: false }
export const acceptedAnew: Verdict = { kind: 'accept', anew: true }
export const acceptedLate: Verdict = { kind: 'late' }

const refusals = new Map(refusalRules.map((rule): [RefusalRule, Verdict] => [rule, { kind: 'refuse', rule }]))

export function refused(rule: RefusalRule): Verdict {
	return refusals.get(rule) as Verdict
}

/** Whether the price of a tick with this verdict is in the bars of its product. */
export function isInBars({ kind }: Verdict): boolean {
	return kind === 'accept' || kind === 'late'
}

// Stored ticks have these numbers, so no number may get another meaning.
const firstRefusal = 16
const firstHold = 64

/** The number of a verdict, from 0 to 255. It leaves out the figures. */
export function codeOf(verdict: Verdict): number {
	if (verdict.kind === 'accept') return verdict.anew ? 1 : 0
	if (verdict.kind === 'late') return 2
	if (verdict.kind === 'refuse') return firstRefusal + refusalRules.indexOf(verdict.rule)
	return firstHold + holdRules.indexOf(verdict.rule)
}

/** @throws RangeError for a number that no verdict has */
export function verdictOf(code: number, figures: Record<string, number> = {}): Verdict {
	if (code === 0) return accepted
	if (code === 1) return acceptedAnew
	if (code === 2) return acceptedLate
	const refusal = refusalRules[code - firstRefusal]
	if (refusal !== undefined) return refused(refusal)
	const rule = holdRules[code - firstHold]
	if (rule === undefined) throw new RangeError(`no verdict has the number ${code}`)
	return { kind: 'hold', rule, figures }
}
