import type { WatchProductsRequest } from '@mercat/catalog-api/messages/WatchProductsRequest'
import { openWatch } from './open-watch.ts'

export type KeepWatchingOptions = {
	address: string
	/** Makes the request of each stream: the first one, and those after the end of another. */
	request(): WatchProductsRequest
	/** Is called with each message. Without it, nothing is read. */
	read?: (message: Buffer) => void
	/** Is called at the end of each stream, with the status of gRPC, or `none`. */
	ended(status: string): void
}

const resumeAfterMs = 100

/** Calls WatchProducts, and calls it again whenever the catalog has ended the stream. */
export function keepWatching({ address, request, read, ended }: KeepWatchingOptions): Disposable {
	let resuming: NodeJS.Timeout | undefined
	const open = () =>
		openWatch({
			address,
			request: request(),
			read,
			ended(status = 'none') {
				ended(status)
				resuming = setTimeout(() => {
					stream = open()
				}, resumeAfterMs)
			},
		})
	let stream = open()
	return {
		[Symbol.dispose]() {
			clearTimeout(resuming)
			stream[Symbol.dispose]()
		},
	}
}
