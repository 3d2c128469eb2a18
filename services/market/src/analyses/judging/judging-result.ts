import type { HoldRule, RefusalRule } from '../../checking/verdict.ts'

/** How many ticks got which verdict. Rules without ticks are missing. */
export type VerdictCounts = {
	/** The newest price of its product. */
	accepted: number
	/** A good price, but a newer one was known. */
	late: number
	held: Partial<Record<HoldRule, number>>
	refused: Partial<Record<RefusalRule, number>>
}

/** A verdict in words. */
export type ToldVerdict = {
	verdict: 'accepted' | 'late' | 'held' | 'refused'
	/** Missing for a price that was not held and not refused. */
	rule?: HoldRule | RefusalRule
	/** The numbers that the rule has compared. Missing where there are none. */
	figures?: Record<string, number>
}

/** A tick that got another verdict than before. */
export type Difference = {
	/** The number of its message. */
	seq: number
	sku: string
	currency: string
	amountMinor: number
	/** Milliseconds since 1970. */
	atMs: number
	before: ToldVerdict
	now: ToldVerdict
}

/** What was found by judging ticks again. */
export type Judged = {
	ticks: number
	verdicts: VerdictCounts
	/** The verdicts that the ticks got when they came. */
	verdictsBefore: VerdictCounts
	/** How many ticks got another verdict. */
	different: number
	/** The first of them. */
	differences: Difference[]
}

export type JudgingResult = Judged & {
	/** How many blocks were deleted before they could be read. Their ticks are missing. */
	missingBlocks: number
}
