import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import { type LargerStep, smallerThan, stepMs, steps } from './bar.ts'

// Any number that no other part of the service locks.
const lockKey = 7_236_455_211

/**
 * Transactions that add to bars of 1 s run at the same time, but none of them beside one that makes larger bars. So no bar is made
 * without the ticks of a transaction that has found the mark of the bar, and has left it as it was.
 */
export const shareBars: Statement = {
	name: 'share-bars',
	text: `select pg_advisory_xact_lock_shared(${lockKey})`,
}

/** A number that rises whenever marks are taken away. The first value of a sequence is there before it is taken. */
export const readGeneration: Statement = {
	name: 'read-generation-of-marks',
	text: 'select last_value + is_called::integer as generation from bar_dirty_generation',
}

const lockBars: Statement = { name: 'lock-bars', text: `select pg_advisory_xact_lock(${lockKey})` }

function rollUp(step: LargerStep): Statement {
	const larger = steps[steps.indexOf(step) + 1]
	const seconds = larger === undefined ? undefined : stepMs[larger] / 1_000
	const markLarger =
		larger === undefined
			? ''
			: `marked as (
				insert into bar_dirty (sku, step, begin)
				select distinct sku, '${larger}', to_timestamp(epoch - epoch % ${seconds})
				from (select sku, extract(epoch from begin)::bigint as epoch from due) as begun
				on conflict do nothing
			),`
	return {
		name: `roll-up-bars-${step}`,
		text: `
			with due as materialized (
				delete from bar_dirty
				where ctid = any(array(
					select ctid from bar_dirty
					where step = '${step}' and begin <= to_timestamp($1::float8 / 1000)
					order by begin limit $2
				))
				returning sku, begin
			),
			${markLarger}
			made as (
				insert into bar_${step} as bar (sku, begin, currency, open, high, low, close, ticks)
				select due.sku, due.begin, part.currency,
					(array_agg(open order by part.begin))[1], max(high), min(low),
					(array_agg(close order by part.begin desc))[1], sum(ticks)
				from due cross join lateral (
					select begin, currency, open, high, low, close, ticks from bar_${smallerThan(step)} as part
					where part.sku = due.sku and part.begin >= due.begin and part.begin < due.begin + interval '${stepMs[step] / 1_000} s'
				) as part
				group by due.sku, due.begin, part.currency
				on conflict (sku, begin, currency) do update set
					open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, ticks = excluded.ticks
			)
			select count(*) as bars, nextval('bar_dirty_generation') as generation from due having count(*) > 0`,
	}
}

const rollUps: Record<LargerStep, Statement> = { '1m': rollUp('1m'), '1h': rollUp('1h'), '1d': rollUp('1d') }

const longestStatementMs = 10_000

export function createRollUpStore(database: Pick<Database, 'transaction'>) {
	return {
		/**
		 * Makes the bars that are due, again if they were made before: at most so many.
		 *
		 * @param beganUntilMs bars that began later are not due
		 * @returns how many were due
		 */
		rollUp: (step: LargerStep, beganUntilMs: number, most: number): Promise<number> =>
			database.transaction(async (transaction) => {
				const [, [made]] = await Promise.all([
					transaction.query(lockBars),
					transaction.queryAndCommit<{ bars: number }>(rollUps[step], [beganUntilMs, most]),
				])
				return made?.bars ?? 0
			}, budgetForEach(longestStatementMs)),
	}
}
