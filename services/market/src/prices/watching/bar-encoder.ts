import type { WatchPricesResponse } from '@mercat/market-api/messages/WatchPricesResponse'
import type { ResponseRest } from '../../streaming/conflated-stream.ts'
import { toRestMessage } from '../../streaming/rest-message.ts'
import { toBarMessage } from '../bar-message.ts'
import type { LiveBar, LiveBars } from './live-bars.ts'

/** Encodes parts of responses. A repeated field may have its items anywhere in a message. */
export type BarEncoder = {
	/** The bars of a product that began at a time or later. Each is encoded once for all streams. */
	bars(live: LiveBars, sinceMs: number): Buffer[]
	rest(rest: ResponseRest): Buffer
}

export function createBarEncoder(encode: (response: WatchPricesResponse) => Buffer): BarEncoder {
	function bytesOf(sku: string, bar: LiveBar): Buffer {
		bar.bytes ??= encode({ bars: [{ sku, bar: toBarMessage(bar) }] })
		return bar.bytes
	}

	return {
		bars: ({ sku, bars }, sinceMs) => {
			const parts: Buffer[] = []
			for (const bar of bars) if (bar.beginMs >= sinceMs) parts.push(bytesOf(sku, bar))
			return parts
		},
		rest: (rest) => encode(toRestMessage(rest)),
	}
}
