import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { steps } from '../bar.ts'
import type { LatestPrice } from './read-latest-price.ts'

const lastOf = (step: string, ms: string) => `
	(select currency, close, extract(epoch from begin) * 1000 + ${ms} as ms from bar_${step}
		where sku = $1 order by begin desc, ms desc limit 1)`

// Bars of a small step are kept for a shorter time than larger ones.
const findLast: Statement = {
	name: 'find-last-bar',
	text: `
		select currency, close as "amountMinor", ms::float8 as "atMs"
		from (${steps.map((step) => lastOf(step, step === '1s' ? 'close_ms' : '0')).join(' union all ')}) as last
		order by ms desc limit 1`,
}

export function createLastBarStore(database: Pick<Database, 'within'>) {
	return {
		/** The last price in the stored bars of a product. Of bars that are larger than a second, the time is that of their begin. */
		async findLast(sku: string, budget?: Budget): Promise<LatestPrice | undefined> {
			const [last] = await database.within(budget).query<LatestPrice>(findLast, [sku])
			return last
		},
	}
}
