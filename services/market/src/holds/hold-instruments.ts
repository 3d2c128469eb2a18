import { Counter } from '@mercat/service/metrics'

const releasedTotal = new Counter({
	name: 'mercat_market_holds_released_total',
	help: 'Held prices that a second source has released, by the source of the price',
	labelNames: ['source'],
})

export function countReleased({ source }: { source: string }): void {
	releasedTotal.inc({ source })
}
