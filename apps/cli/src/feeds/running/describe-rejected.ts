import type { FeedWork } from './feed-work.ts'

const mostRules = 5

/** How many rows were rejected, and by which rules, such as `3 rows were rejected (OTHER_SOURCE 2, PRICE_INVALID 1)`. */
export function describeRejected({ figures, rejectedBy }: Pick<FeedWork, 'figures' | 'rejectedBy'>): string {
	if (figures.rejected === 0) return ''
	const rows = figures.rejected === 1 ? '1 row was' : `${figures.rejected} rows were`
	const rules = [...rejectedBy].toSorted(([, one], [, other]) => other - one)
	const named = rules.slice(0, mostRules).map(([rule, count]) => `${rule} ${count}`)
	const more = rules.length > mostRules ? [`${rules.length - mostRules} more rules`] : []
	return `${rows} rejected (${[...named, ...more].join(', ')})`
}
