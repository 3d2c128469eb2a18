import type { RetireAction__Output } from '@mercat/catalog-api/messages/RetireAction'
import type { RetireProductsRequest__Output as Request } from '@mercat/catalog-api/messages/RetireProductsRequest'
import type { RetireProductsResponse as Response } from '@mercat/catalog-api/messages/RetireProductsResponse'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import { checkSkus } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import type { Identity } from '@mercat/service/tokens'
import { checkRun, feedRunEnded } from './feed-run.ts'

/** What becomes of a product that its feed lacks. */
export type RetireAction = 'soldOut' | 'archive'

export type Retirement = {
	feed: string
	runNumber: number
	skus: readonly string[]
	action: RetireAction
	/** The subject of the caller. */
	who: string
}

export type RetireProductsNeeds = {
	/** The skus that were changed; undefined when it is not the run of the feed. */
	retire(retirement: Retirement, budget: Budget): Promise<Set<string> | undefined>
}

const mostSkus = 500

/** Takes products from sale that their feed lacks. The same call again changes nothing. */
export function retireProducts({ retire }: RetireProductsNeeds) {
	return async (request: Request, budget: Budget, { subject: who }: Pick<Identity, 'subject'>): Promise<Response> => {
		const { feed, runNumber } = request
		checkRun({ feed, runNumber })
		checkSkus(request.skus, mostSkus)
		const action = readAction(request.action)
		const skus = [...new Set(request.skus)]
		const changed = await retire({ feed, runNumber, skus, action, who }, budget)
		if (changed === undefined) throw feedRunEnded(feed)
		return { changedSkus: skus.filter((sku) => changed.has(sku)) }
	}
}

const actions: Record<RetireAction__Output, RetireAction | undefined> = {
	RETIRE_ACTION_UNSPECIFIED: undefined,
	RETIRE_ACTION_SOLD_OUT: 'soldOut',
	RETIRE_ACTION_ARCHIVE: 'archive',
}

function readAction(message: RetireAction__Output): RetireAction {
	const action = actions[message]
	if (action === undefined) throw invalidField('action', 'is required')
	return action
}
