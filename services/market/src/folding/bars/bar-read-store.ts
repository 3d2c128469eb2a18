import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { type Bar, type LargerStep, largerSteps, type Step, steps } from './bar.ts'
import type { DirtyBar, FoundSeconds, Span } from './bar-span.ts'

const begin = '(extract(epoch from begin) * 1000)::float8 as "beginMs"'
const spans = 'unnest($2::float8[], $3::float8[]) as span (since, until)'
const inSpan = 'begin >= to_timestamp(since / 1000) and begin < to_timestamp(until / 1000)'

const findDirty: Statement = {
	name: 'find-dirty-bars',
	text: `select step, ${begin} from bar_dirty where sku = $1`,
}

// Both are of one snapshot, so that no tick is missing or counted twice.
const readSeconds: Statement = {
	name: 'read-bars-1s',
	text: `
		select
			(select coalesce(json_agg(json_build_object('source', source, 'block', block)), '[]') from bar_fold) as folds,
			(
				select coalesce(json_agg(bar), '[]')
				from ${spans} cross join lateral (
					select
						${begin}, currency, open, high, low, close, ticks, open_ms as "openMs", close_ms as "closeMs"
					from bar_1s where sku = $1 and ${inSpan}
				) as bar
			) as bars`,
}

const readLarger = Object.fromEntries(
	largerSteps.map((step): [LargerStep, Statement] => [
		step,
		{
			name: `read-bars-${step}`,
			text: `
				select bar.* from ${spans} cross join lateral (
					select ${begin}, currency, open, high, low, close, ticks from bar_${step} where sku = $1 and ${inSpan}
				) as bar`,
		},
	]),
) as Record<LargerStep, Statement>

const findBegin = Object.fromEntries(
	steps.map((step): [Step, Statement] => [
		step,
		{
			name: `find-begin-of-bars-${step}`,
			text: `
				select ${begin} from bar_${step}
				where sku = $1 and begin >= to_timestamp($2::float8 / 1000) and begin < to_timestamp($3::float8 / 1000)
				order by begin offset $4 limit 1`,
		},
	]),
) as Record<Step, Statement>

const hasBars: Statement = {
	name: 'has-bars',
	text: `select ${steps.map((step) => `exists (select from bar_${step} where sku = $1)`).join(' or ')} as "hasBars"`,
}

function valuesOf(sku: string, spans: readonly Span[]): unknown[] {
	return [sku, spans.map(({ fromMs }) => fromMs), spans.map(({ toMs }) => toMs)]
}

export function createBarReadStore(database: Pick<Database, 'within'>) {
	return {
		/** The larger bars of a product that are to be made or to be made again. */
		findDirty: (sku: string, budget?: Budget): Promise<DirtyBar[]> =>
			database.within(budget).query<DirtyBar>(findDirty, [sku]),

		async readSeconds(sku: string, spans: readonly Span[], budget?: Budget): Promise<FoundSeconds> {
			const [found] = await database.within(budget).query<FoundSeconds>(readSeconds, valuesOf(sku, spans))
			return found as FoundSeconds
		},

		/** When the bar begins that has so many bars before it in the span; undefined when the span has no more bars. */
		async findBegin(step: Step, sku: string, { fromMs, toMs }: Span, before: number, budget?: Budget) {
			const values = [sku, fromMs, toMs, before]
			const [found] = await database.within(budget).query<{ beginMs: number }>(findBegin[step], values)
			return found?.beginMs
		},

		/** Whether any bar of a product is stored. */
		async hasBars(sku: string, budget?: Budget): Promise<boolean> {
			const [found] = await database.within(budget).query<{ hasBars: boolean }>(hasBars, [sku])
			return found?.hasBars ?? false
		},

		/** Bars of a larger step that began in some spans, as they are stored. */
		readLarger: (step: LargerStep, sku: string, spans: readonly Span[], budget?: Budget): Promise<Bar[]> =>
			database.within(budget).query<Bar>(readLarger[step], valuesOf(sku, spans)),
	}
}
