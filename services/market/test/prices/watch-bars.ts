import type { ServiceError } from '@grpc/grpc-js'
import { errorDetails } from '@mercat/catalog-api/errors'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import type { MarketServiceClient } from '@mercat/market-api/messages/MarketService'
import type { ProductBar__Output } from '@mercat/market-api/messages/ProductBar'
import type { WatchPricesRequest } from '@mercat/market-api/messages/WatchPricesRequest'
import type { WatchPricesResponse__Output as Response } from '@mercat/market-api/messages/WatchPricesResponse'
import { eventually } from '@mercat/testing/eventually'
import { noon } from '../noon.ts'

/** Opens a stream of bars. */
export function watchBars(client: MarketServiceClient, request: WatchPricesRequest) {
	const call = client.watchPrices(request)
	const messages: Response[] = []
	call.on('data', (message: Response) => messages.push(message))
	const ended = new Promise<{ code: number; reason?: string | undefined }>((resolve) => {
		call.on('error', (error: ServiceError) => resolve({ code: error.code, ...errorDetails(error) }))
		call.on('end', () => resolve({ code: 0 }))
	})
	const told = () => messages.flatMap(({ bars }) => bars).map(inShort)
	return {
		messages,
		/** All bars that were told, in short. */
		told,
		/** The last state of each bar that was told, in the order of time. */
		bars: () => [...new Map(told().map((text) => [text.split(':')[0], text])).values()].sort(),
		/** Resolves when the state is told. */
		begun: () =>
			eventually(() => {
				if (!messages.some(({ initialStateComplete }) => initialStateComplete)) throw new Error('not yet')
			}),
		/** Until when everything is told. */
		asOfMs: () => Math.max(0, ...messages.map(({ asOf }) => (asOf === null ? 0 : millisecondsOf(asOf)))),
		ended,
		async [Symbol.asyncDispose]() {
			call.cancel()
			await ended
		},
	}
}

/** A bar in short: `GOLD 12:00:05: 100 120 90 110 ×4` has its begin, open, high, low, close and ticks. */
export function inShort({ sku, bar }: ProductBar__Output): string {
	if (bar?.beginTime == null) throw new Error('a bar without its begin')
	const time = new Date(millisecondsOf(bar.beginTime)).toISOString().slice(11, 19).replaceAll(':', '.')
	const { openMinor, highMinor, lowMinor, closeMinor, ticks } = bar
	return `${sku} ${time}: ${openMinor} ${highMinor} ${lowMinor} ${closeMinor} ×${ticks}`
}

export const timeOf = (second: number) => ({ seconds: noon / 1_000 + second })
