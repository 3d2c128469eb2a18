import { codeOf, holdRules, refusalRules, type Verdict } from '../../checking/verdict.ts'
import type { ToldVerdict, VerdictCounts } from './judging-result.ts'

/** Counts verdicts. */
export function createVerdictCounts() {
	const counts = new Float64Array(256)
	const countOf = (verdict: Verdict) => counts[codeOf(verdict)] as number
	return {
		add(verdict: Verdict): void {
			const code = codeOf(verdict)
			counts[code] = (counts[code] as number) + 1
		},

		read: (): VerdictCounts => ({
			accepted: countOf({ kind: 'accept', anew: false }) + countOf({ kind: 'accept', anew: true }),
			late: countOf({ kind: 'late' }),
			held: countsOf(holdRules, (rule) => countOf({ kind: 'hold', rule, figures: {} })),
			refused: countsOf(refusalRules, (rule) => countOf({ kind: 'refuse', rule })),
		}),
	}
}

function countsOf<Rule extends string>(rules: readonly Rule[], countOf: (rule: Rule) => number) {
	const counts = rules.map((rule): [Rule, number] => [rule, countOf(rule)])
	return Object.fromEntries(counts.filter(([, count]) => count > 0)) as Partial<Record<Rule, number>>
}

/** Whether two verdicts have the same kind and the same rule. */
export function isSameVerdict(one: Verdict, other: Verdict): boolean {
	return one.kind === other.kind && ruleOf(one) === ruleOf(other)
}

function ruleOf(verdict: Verdict): string | undefined {
	return 'rule' in verdict ? verdict.rule : undefined
}

const words = { accept: 'accepted', late: 'late', hold: 'held', refuse: 'refused' } as const

export function tellVerdict(verdict: Verdict): ToldVerdict {
	const told: ToldVerdict = { verdict: words[verdict.kind] }
	if ('rule' in verdict) told.rule = verdict.rule
	if (verdict.kind === 'hold' && Object.keys(verdict.figures).length > 0) told.figures = verdict.figures
	return told
}
