import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js'
import { errorDetails } from '@mercat/catalog-api/errors'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import type { WatchPricesResponse__Output } from '@mercat/market-api/messages/WatchPricesResponse'
import { eventually } from '@mercat/testing/eventually'
import { expect } from 'vitest'

type StateResponse = Pick<WatchPricesResponse__Output, 'initialStateComplete' | 'asOf'>

/** Collects what a stream tells. `partsOf` gives the parts of a response in short, each with its key before a colon. */
export function watchStream<Response extends StateResponse>(
	call: ClientReadableStream<Response>,
	partsOf: (response: Response) => string[],
) {
	const messages: Response[] = []
	call.on('data', (message: Response) => messages.push(message))
	const ended = new Promise<{ code: number; reason?: string | undefined }>((resolve) => {
		call.on('error', (error: ServiceError) => resolve({ code: error.code, ...errorDetails(error) }))
		call.on('end', () => resolve({ code: 0 }))
	})
	const told = () => messages.flatMap(partsOf)
	return {
		messages,
		/** All parts that were told, in short. */
		told,
		/** The last state of each part that was told, sorted. */
		state: () => [...new Map(told().map((text) => [text.split(':')[0], text])).values()].sort(),
		/** Resolves when the state is told. */
		begun: () =>
			eventually(() => expect(messages.filter(({ initialStateComplete }) => initialStateComplete)).toHaveLength(1)),
		/** Until when everything is told. */
		asOfMs: () => Math.max(0, ...messages.map(({ asOf }) => (asOf === null ? 0 : millisecondsOf(asOf)))),
		ended,
		async [Symbol.asyncDispose]() {
			call.cancel()
			await ended
		},
	}
}
