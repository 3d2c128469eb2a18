import { rejectedRows } from '../report/feed-result.ts'
import type { FeedWork } from './feed-work.ts'

const mostRules = 5

/** How many rows were rejected, and by which rules, such as `3 rows were rejected (OTHER_SOURCE 2, PRICE_INVALID 1)`. */
export function describeRejected({ figures, rejectedBy }: Pick<FeedWork, 'figures' | 'rejectedBy'>): string {
	if (figures.rejected === 0) return ''
	const rules = [...rejectedBy].toSorted(([, one], [, other]) => other - one)
	const named = rules.slice(0, mostRules).map(([rule, count]) => `${rule} ${count}`)
	const more = rules.length > mostRules ? [`${rules.length - mostRules} more rules`] : []
	return `${rejectedRows(figures.rejected)} (${[...named, ...more].join(', ')})`
}
