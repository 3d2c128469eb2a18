import { GeneralError } from '@mercat/grpc-service/general-error'
import { checkSkus } from '@mercat/grpc-service/skus'
import type { StreamOutput } from '@mercat/grpc-service/stream-output'
import type { WatchPricesRequest__Output as Request } from '@mercat/market-api/messages/WatchPricesRequest'
import type { ConflatedStreams } from '../../streaming/conflated-streams.ts'
import { stepOf } from '../step-of.ts'
import type { BarEncoder } from './bar-encoder.ts'
import type { BarHub } from './bar-hub.ts'

export type WatchPricesNeeds = {
	hub: BarHub
	streams: ConflatedStreams
	encoder: BarEncoder
}

const mostSkus = 10_000
const mostSkusOfAll = 200_000
const overloadedRetryMs = 5_000

/** Opens a stream of bars: the latest of each product, and then each that changes. */
export function watchPrices({ hub, streams, encoder }: WatchPricesNeeds) {
	let skusOfAll = 0

	return async (request: Request, output: StreamOutput) => {
		checkSkus(request.skus, mostSkus)
		const step = stepOf(request.step)
		const skus = [...new Set(request.skus)]
		if (skusOfAll + skus.length > mostSkusOfAll) {
			throw new GeneralError('OVERLOADED', { retryDelayMs: overloadedRetryMs })
		}
		skusOfAll += skus.length
		const stream = streams.open({
			output,
			partsOf(sku, sinceMs) {
				const live = hub.find(step, sku)
				return live === undefined ? [] : encoder.bars(live, sinceMs)
			},
			restOf: encoder.rest,
			notedUntilMs: hub.notedUntilMs,
		})
		const watched = hub.watch(step, skus, { ...stream, lose: () => stream.end('lost') })
		return {
			end: () => stream.end('drain'),
			close() {
				stream.close()
				watched[Symbol.dispose]()
				skusOfAll -= skus.length
			},
		}
	}
}
