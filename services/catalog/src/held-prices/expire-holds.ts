import { drainBatches } from '@mercat/service/drain-batches'
import { countHold } from './count-holds.ts'

export type ExpireHoldsNeeds = {
	/** Ends so many holds that are past their end, and returns the rule of each. */
	expireHolds(limit: number): Promise<string[]>
}

const batchSize = 200

/** Ends the holds that are past their end. Their prices are dropped. Any number of replicas may do so at once. */
export async function expireHolds(needs: ExpireHoldsNeeds): Promise<void> {
	await drainBatches(batchSize, async (limit) => {
		const rules = await needs.expireHolds(limit)
		for (const rule of rules) countHold(rule, 'expired')
		return rules.length
	})
}
