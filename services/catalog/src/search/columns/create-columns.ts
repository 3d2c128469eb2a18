import { type Budget, createBudget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'
import { batchRefreshes } from './batched-refreshes.ts'
import type { Moment } from './column-changes.ts'
import type { Columns } from './columns.ts'
import { showColumnsBytes } from './columns-gauge.ts'
import { type FollowColumnsNeeds, type FollowColumnsOptions, followColumns } from './follow-columns.ts'
import { type ForgetChangesNeeds, forgetChanges } from './forget-changes.ts'

export type CreateColumnsNeeds = {
	store: Omit<FollowColumnsNeeds, 'onLoaded'> & ForgetChangesNeeds & { readMoment(budget?: Budget): Promise<Moment> }
	log: Pick<Logger, 'info' | 'error'>
}

export type CreateColumnsOptions = Omit<FollowColumnsOptions, 'signal'>

const refreshIntervalMs = 1_000
const longestRefreshMs = 2_000
const forgetIntervalMs = 60_000

/** Loads the columns in the background, follows the database, and deletes old changes, until the result is disposed of. */
export function createColumns(
	{ store, log }: CreateColumnsNeeds,
	options: CreateColumnsOptions = {},
): Columns & AsyncDisposable {
	const closing = new AbortController()
	const columns = followColumns(
		{
			...store,
			onLoaded: (facts) => log.info(facts, 'search columns loaded'),
		},
		{ ...options, signal: closing.signal },
	)
	const refresh = batchRefreshes(columns)
	const follow = async () => {
		await columns.load()
		await refresh(createBudget(longestRefreshMs))
	}
	// The first load begins at once. A failure is the background task's to report.
	const firstLoad = columns.load().catch(() => {})

	const background = new AsyncDisposableStack()
	background.use(showColumnsBytes(columns.bytes))
	background.defer(() => firstLoad)
	background.use(repeat({ name: 'follow search columns', run: follow, intervalMs: refreshIntervalMs }, log))
	background.use(
		repeat({ name: 'forget search changes', run: forgetChanges(store), intervalMs: forgetIntervalMs }, log),
	)
	return {
		refresh,
		async readState(budget) {
			return columns.isLoaded ? (await refresh(budget)).index : (await store.readMoment(budget)).index
		},
		async [Symbol.asyncDispose]() {
			closing.abort()
			await background.disposeAsync()
		},
	}
}
