import type { KeptRequest } from '../refusals/kept-request.ts'

// Anybody can cause these, also about the order of another customer.
const strangersStatuses = new Set([401, 403, 404])

/**
 * The request that tells most of what happened: the last one, unless an earlier one came from somebody who may use the order.
 *
 * @param kept the oldest first
 */
export function tellingOf(kept: KeptRequest[]): KeptRequest | undefined {
	return kept.findLast(({ status }) => !strangersStatuses.has(status)) ?? kept.at(-1)
}
