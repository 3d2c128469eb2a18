import { Counter, Gauge } from '@mercat/service/metrics'

export const waitingCatchUps = new Gauge({
	name: 'mercat_product_catch_ups_waiting',
	help: 'Ids of readers that wait until the changes of products after them are asked for',
})

/**
 * Why a reader begins anew: its id is none (invalid), the catalog does not know the changes after it any more (expired), they
 * would have to wait too long (waited), or one of them cannot be told (fault).
 */
export type ResetReason = 'invalid' | 'expired' | 'waited' | 'fault'

export const resetsTotal = new Counter({
	name: 'mercat_product_streams_reset_total',
	help: 'Streams of changes of products that were told to begin anew: their id is none (invalid), the catalog does not know the changes after it any more (expired), they waited too long for their turn (waited), or a change cannot be told (fault)',
	labelNames: ['reason'],
})

const ages = new Set<() => number | undefined>()

const ageGauge = new Gauge({
	name: 'mercat_product_changes_age_seconds',
	help: 'How old the time is until which the catalog has told every change of a product. Only while somebody reads them',
	aggregator: 'max',
	collect() {
		const known = [...ages].flatMap((age) => age() ?? [])
		if (known.length === 0) ageGauge.remove()
		else ageGauge.set(Math.max(...known))
	},
})

/** Shows the age of changes in seconds, until the result is called. Undefined: nobody reads them. */
export function showAge(age: () => number | undefined): () => void {
	ages.add(age)
	return () => void ages.delete(age)
}
