import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import { type Bar, type Step, stepMs, steps } from '../bar.ts'
import { createBarReadStore } from '../bar-read-store.ts'
import { createReadBars } from '../read-bars.ts'
import type { BarTails, OpenTails } from './bar-tails.ts'

const oneSnapshot = 'set transaction isolation level repeatable read, read only'

const readFolds: Statement = {
	name: 'read-bar-folds',
	text: 'select source, block from bar_fold',
}

/** When the latest bar of a product begins. */
const latest = (step: Step) => `(select begin from bar_${step} where sku = asked.sku order by begin desc limit 1)`

const readLatest = Object.fromEntries(
	steps.map((step): [Step, Statement] => [
		step,
		{
			name: `read-latest-bars-${step}`,
			text: `
				select sku, (extract(epoch from greatest(${[...new Set<Step>(['1s', step])].map(latest).join(', ')})) * 1000)::float8 as "latestMs"
				from unnest($1::text[]) as asked (sku)`,
		},
	]),
) as Record<Step, Statement>

const longestStatementMs = 10_000

export function createBarTailStore(database: Pick<Database, 'transaction'>) {
	return {
		/**
		 * Reads the bars of the latest step of each product, and those of other steps, with the bars that are not stored.
		 *
		 * @param asked when the other steps begin, by product
		 */
		readTails: (step: Step, asked: ReadonlyMap<string, Iterable<number>>, open: OpenTails): Promise<BarTails> =>
			database.transaction(async (transaction) => {
				await transaction.query(oneSnapshot)
				const store = createBarReadStore({ within: () => transaction })
				const readBars = createReadBars({ ...store, openBars: (sku) => [...(open.bars.get(sku) ?? [])] })
				const [folds, found] = await Promise.all([
					transaction.query<{ source: string; block: number }>(readFolds),
					transaction.query<{ sku: string; latestMs: number | null }>(readLatest[step], [[...asked.keys()]]),
				])
				const length = stepMs[step]
				const bars = new Map<string, Bar[]>()
				for (const { sku, latestMs } of found) {
					const seconds = open.bars.get(sku)?.flatMap((part) => part.bars) ?? []
					const latest = Math.max(latestMs ?? Number.NEGATIVE_INFINITY, ...seconds.map(({ beginMs }) => beginMs))
					const begins = new Set(asked.get(sku))
					if (Number.isFinite(latest)) begins.add(latest - (latest % length))
					const read = [...begins]
						.sort((one, other) => one - other)
						.map((fromMs) => readBars({ sku, step, fromMs, toMs: fromMs + length }))
					bars.set(sku, (await Promise.all(read)).flat())
				}
				const upto = new Map(open.upto)
				for (const { source, block } of folds) upto.set(source, Math.max(block, upto.get(source) ?? 0))
				return { bars, upto }
			}, budgetForEach(longestStatementMs)),
	}
}
