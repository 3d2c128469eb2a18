import type { AnyStatement } from './queryable.ts'

const mostSummaries = 500
const summaries = new Map<string, string>()

/**
 * A short name for a statement, for spans and metrics (`db.query.summary`): its own name, or its verb and its table, such as
 * `select outbox`. There are as many as there are statements in the code, whatever their values are.
 */
export function summaryOf(statement: AnyStatement): string {
	if (typeof statement !== 'string') return 'name' in statement ? statement.name : statement.summary
	let summary = summaries.get(statement)
	if (summary === undefined) {
		summary = summarise(statement)
		// Some texts are put together, so there is no end to them.
		if (summaries.size < mostSummaries) summaries.set(statement, summary)
	}
	return summary
}

const verb = /\b(select|insert|update|delete|set|lock|create|alter|drop|truncate|begin|commit|rollback)\b/i
const table = /\b(?:from|into|update)\s+(?:only\s+)?"?([a-z_]\w*)/i
const changesRows = /^(select|insert|update|delete)$/

function summarise(text: string): string {
	let rest = text.replaceAll(/--.*$/gm, '')
	const whole = rest
	// Without what stands in brackets, the statement itself remains, and not the ones within it.
	for (let last = ''; last !== rest; ) {
		last = rest
		rest = rest.replaceAll(/\([^()]*\)/g, ' ')
	}
	const found = verb.exec(rest)?.[1]?.toLowerCase()
	if (found === undefined) return 'other'
	const target = changesRows.test(found) && (table.exec(rest) ?? table.exec(whole))?.[1]
	return target ? `${found} ${target}` : found
}
