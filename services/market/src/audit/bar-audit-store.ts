import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
import { type LargerStep, largerSteps, smallerThan, stepMs } from '../folding/bars/bar.ts'
import { type Breach, mostBreaches } from './breach.ts'
import { keptSince } from './kept-since.ts'
import type { AuditedSeconds, BarBounds, BarCount, KeptTimes, SkuRange } from './second-bars.ts'

export type BarAuditStore = ReturnType<typeof createBarAuditStore>

const patience = budgetForEach(600_000)

// Of each statement that compares a step with the one below it.
const stepsOfChunk = 60

const ms = (of: string) => `(extract(epoch from ${of}) * 1000)::float8`

const findKept = `
	select ${ms(keptSince('tick_block'))} as "ticksMs", ${ms(keptSince('bar_1s'))} as "barsMs", exists (
		select from source left join (select source, min(block) as first from tick_block group by source) as kept on kept.source = name
		where source.block > 0 and coalesce(first, source.block + 1) > 1
	) as "isCut"`

const findBarBounds = `
	select ${ms('min(begin)')} as "firstMs", ${ms('max(begin)')} as "lastMs"
	from bar_1s where begin >= to_timestamp($1::float8 / 1000)`

const countBars = `
	select sku, count(*) as bars from bar_1s where begin >= to_timestamp($1::float8 / 1000) group by sku order by sku`

const readSeconds = `
	select
		(select coalesce(json_agg(json_build_object('source', source, 'block', block)), '[]') from bar_fold) as folds,
		(
			select coalesce(json_agg(bar), '[]')
			from (
				select
					sku, ${ms('begin')} as "beginMs", currency, open, high, low, close, ticks, open_ms as "openMs", close_ms as "closeMs"
				from bar_1s
				where sku >= $1 and ($2::text is null or sku < $2)
					and begin >= to_timestamp($3::float8 / 1000) and begin < to_timestamp($4::float8 / 1000)
			) as bar
		) as bars`

const findStepBounds = (step: LargerStep) => `
	select ${ms(keptSince(`bar_${smallerThan(step)}`))} as "keptMs", ${ms('max(begin)')} as "lastMs" from bar_${smallerThan(step)}`

// A bar that is marked is still to be made, or to be made again.
function compareStep(step: LargerStep): string {
	const smallerSteps = largerSteps.slice(0, largerSteps.indexOf(step) + 1)
	const interval = `interval '${stepMs[step]} ms'`
	const within = 'begin >= to_timestamp($1::float8 / 1000) and begin < to_timestamp($2::float8 / 1000)'
	return `
		with smaller as (
			select sku, currency, date_bin(${interval}, part.begin, 'epoch'::timestamptz) as begin,
				(array_agg(open order by part.begin))[1] as open, max(high) as high, min(low) as low,
				(array_agg(close order by part.begin desc))[1] as close, sum(ticks) as ticks
			from bar_${smallerThan(step)} as part where ${within} group by 1, 2, 3
		), larger as (
			select sku, currency, begin, open, high, low, close, ticks from bar_${step} where ${within}
		)
		select sku as subject, format('its bar of ${step} at %s in %s %s', to_json(begin) #>> '{}', currency, case
			when larger.ticks is null then 'is missing'
			when smaller.ticks is null then 'has no bars of ${smallerThan(step)}'
			else 'is not that of its bars of ${smallerThan(step)}'
		end) as finding
		from smaller full join larger using (sku, currency, begin)
		where (smaller.open, smaller.high, smaller.low, smaller.close, smaller.ticks)
				is distinct from (larger.open, larger.high, larger.low, larger.close, larger.ticks)
			and not exists (
				select from bar_dirty as dirty
				where dirty.sku = coalesce(smaller.sku, larger.sku) and step in (${smallerSteps.map((each) => `'${each}'`).join(', ')})
					and dirty.begin >= coalesce(smaller.begin, larger.begin)
					and dirty.begin < coalesce(smaller.begin, larger.begin) + ${interval}
			)
		order by begin, sku limit ${mostBreaches}`
}

const overdueBars = `
	select 'bars of ' || step as subject, format('%s wait since %s to be made', count(*), to_json(min(begin)) #>> '{}') as finding
	from bar_dirty
	where begin + case step ${largerSteps.map((step) => `when '${step}' then interval '${stepMs[step]} ms'`).join(' ')} end
		< clock_timestamp() - interval '10 minutes'
	group by step`

/** The facts of bars, and of the ticks that they are made of. */
export function createBarAuditStore(database: Database) {
	const { query } = database.within(patience)
	return {
		async findKept(): Promise<KeptTimes> {
			const [kept] = await query<KeptTimes>(findKept)
			return kept as KeptTimes
		},

		/** How many bars each product has since a time, in the order of their skus. */
		countBars: (sinceMs: number) => query<BarCount>(countBars, [sinceMs]),

		/** The bounds of the bars of 1 s since a time. */
		async findBounds(sinceMs: number): Promise<BarBounds> {
			const [bounds] = await query<BarBounds>(findBarBounds, [sinceMs])
			return bounds as BarBounds
		},

		async readSeconds({ from, to }: SkuRange, fromMs: number, toMs: number): Promise<AuditedSeconds> {
			type Row = { bars: AuditedSeconds['bars']; folds: { source: string; block: number }[] }
			const [row] = await query<Row>(readSeconds, [from, to, fromMs, toMs])
			const { bars, folds } = row as Row
			return { bars, folds: new Map(folds.map(({ source, block }) => [source, block])) }
		},

		/** The bars of larger steps that are not those of the step below. A statement sees one moment. */
		async largerBreaches(): Promise<Breach[]> {
			const breaches: Breach[] = []
			for (const step of largerSteps) {
				const [bounds] = await query<{ keptMs: number | null; lastMs: number | null }>(findStepBounds(step))
				if (bounds?.keptMs == null || bounds.lastMs === null) continue
				// Of an earlier bar, some of the smaller ones are deleted.
				const sinceMs = Math.ceil(bounds.keptMs / stepMs[step]) * stepMs[step]
				const chunkMs = stepsOfChunk * stepMs[step]
				for (let fromMs = sinceMs; fromMs <= bounds.lastMs && breaches.length < mostBreaches; fromMs += chunkMs)
					breaches.push(...(await query<Breach>(compareStep(step), [fromMs, fromMs + chunkMs])))
			}
			return breaches
		},

		/** The steps whose bars wait for long to be made. They can be overdue only while a market runs. */
		overdueBreaches: () => query<Breach>(overdueBars),
	}
}
