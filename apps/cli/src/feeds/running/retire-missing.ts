import { partsOf } from '@mercat/service/parts-of'
import type { FeedSettings } from '../settings/feed-settings.ts'
import type { CheckedFeed } from './check-feed.ts'
import { type FeedWork, listRow } from './feed-work.ts'
import type { OpenRun } from './open-run.ts'

export type RetireMissingNeeds = { run: Pick<OpenRun, 'number' | 'retire'> }

const skusPerCall = 500
const actions = { keep: undefined, soldOut: 'RETIRE_ACTION_SOLD_OUT', archive: 'RETIRE_ACTION_ARCHIVE' } as const
const rowOutcomes = { keep: 'missing', soldOut: 'soldOut', archive: 'archived' } as const

/** Does with the products that a feed lacks as its settings say, once its rows are applied. */
export async function retireMissing(
	feed: FeedSettings,
	{ missing }: Pick<CheckedFeed, 'missing'>,
	work: FeedWork,
	{ run }: RetireMissingNeeds,
): Promise<void> {
	const action = actions[feed.onMissing]
	const outcome = rowOutcomes[feed.onMissing]
	for (const skus of partsOf(missing, skusPerCall)) {
		const changed = run.number === 0 || action === undefined ? skus : await run.retire(skus, action)
		for (const sku of changed)
			listRow(work, { feed: feed.name, line: null, sku, outcome, rule: 'MISSING', old: '', new: '', detail: '' })
	}
}
