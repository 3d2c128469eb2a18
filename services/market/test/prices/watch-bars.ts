import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import type { MarketServiceClient } from '@mercat/market-api/messages/MarketService'
import type { ProductBar__Output } from '@mercat/market-api/messages/ProductBar'
import type { WatchPricesRequest } from '@mercat/market-api/messages/WatchPricesRequest'
import { noon } from '../noon.ts'
import { watchStream } from '../streaming/watch-stream.ts'

/** Opens a stream of bars. `bars` gives the last state of each one, in the order of time. */
export function watchBars(client: MarketServiceClient, request: WatchPricesRequest) {
	const { state, ...stream } = watchStream(client.watchPrices(request), ({ bars }) => bars.map(inShort))
	return { ...stream, bars: state }
}

/** A bar in short: `GOLD 12.00.05: 100 120 90 110 ×4` has its begin, open, high, low, close and ticks. */
export function inShort({ sku, bar }: ProductBar__Output): string {
	if (bar?.beginTime == null) throw new Error('a bar without its begin')
	const time = new Date(millisecondsOf(bar.beginTime)).toISOString().slice(11, 19).replaceAll(':', '.')
	const { openMinor, highMinor, lowMinor, closeMinor, ticks } = bar
	return `${sku} ${time}: ${openMinor} ${highMinor} ${lowMinor} ${closeMinor} ×${ticks}`
}

export const timeOf = (second: number) => ({ seconds: noon / 1_000 + second })
