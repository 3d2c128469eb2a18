import { createBatcher } from '@mercat/service/batcher'
import { type Budget, createBudget } from '@mercat/service/budget'
import { inTime } from '@mercat/service/in-time'
import { batchedErrors } from '../../errors/batched-errors.ts'
import type { ColumnsView } from './columns.ts'
import type { FollowedColumns } from './follow-columns.ts'

const longestPollMs = 2_000

/**
 * Refreshes of the columns that wait at the same moment share one poll. A call that comes while a poll runs waits for the
 * next one, so that it sees all that was committed before it.
 */
export function batchRefreshes({
	load,
	poll,
}: Pick<FollowedColumns, 'load' | 'poll'>): (budget: Budget) => Promise<ColumnsView> {
	const shared = createBatcher<undefined, ColumnsView | undefined>({
		name: 'refresh search columns',
		gather: setImmediate,
		mostItems: 256,
		mostBatches: 1,
		mostWaiting: 4_096,
		...batchedErrors,
		isItemsFault: () => false,
		async run(items, budget) {
			// The poll is for all that wait, whatever the time of this batch.
			const view = await poll(createBudget(longestPollMs, { trace: budget.trace }))
			return items.map(() => view)
		},
	})
	return async (budget) => {
		for (;;) {
			await inTime(budget, load(), batchedErrors.outOfTime)
			const view = await shared(undefined, budget)
			if (view !== undefined) return view
		}
	}
}
