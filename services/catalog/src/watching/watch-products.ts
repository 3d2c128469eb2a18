import type { WatchProductsRequest__Output as Request } from '@mercat/catalog-api/messages/WatchProductsRequest'
import { randomLifeMs } from '@mercat/grpc-service/random-life'
import { openStreams } from '@mercat/grpc-service/stream-gauges'
import type { StreamOutput } from '@mercat/grpc-service/stream-output'
import { CatalogError } from '../errors/catalog-error.ts'
import type { WatchedEntry } from './encoding/watched-entry.ts'
import { isSameEntry, type Place } from './places/place.ts'
import type { ResumeTokens } from './places/resume-token.ts'
import { stateBegin } from './places/state-place.ts'
import type { WatchFilters } from './places/watch-filter.ts'
import { openWatchStream, type WatchStream, type WatchStreamNeeds } from './watch-stream.ts'

export type WatchProductsNeeds = WatchStreamNeeds & {
	filters: WatchFilters
	tokens: ResumeTokens
}

// Replicas look at the stock at slightly different times.
const overlapMs = 2_000

/** Opens a stream of changes of products. */
export function watchProducts(needs: WatchProductsNeeds) {
	const { filters, hub, tokens, settled } = needs
	const findStart = createStarts(needs)

	return async (
		{ filter: asked, resumeToken, sendInitialState }: Request,
		output: StreamOutput,
	): Promise<WatchStream> => {
		const filter = filters.take({ skus: asked?.skus ?? [], productsOnly: asked?.productsOnly ?? false })
		using opening = new DisposableStack()
		opening.defer(() => filters.release(filter))
		const resumed =
			resumeToken === '' ? undefined : await findStart(tokens.decode(filter, resumeToken, settled.latest().logId))
		opening.defer(hub.leave)
		await hub.enter()
		const place = resumed ?? { ...hub.place(), state: sendInitialState ? stateBegin : undefined }
		const stream = openWatchStream(needs, { filter, place, lifeMs: randomLifeMs() }, output)
		openStreams.inc()
		const opened = opening.move()
		return {
			end: stream.end,
			close() {
				stream.close()
				openStreams.dec()
				opened.dispose()
			},
		}
	}
}

/** Finds out whether streams may go on at a place. */
function createStarts({ log }: Pick<WatchProductsNeeds, 'log'>) {
	const { tail } = log
	let asking: Promise<unknown> | undefined

	/** Streams that come at the same time share the question. */
	function askForEnd(): Promise<unknown> {
		asking ??= tail.ends().finally(() => {
			asking = undefined
		})
		return asking
	}

	/** Undefined at the end of the log, and when the log was reset meanwhile. */
	async function firstBehind(position: number): Promise<WatchedEntry | undefined> {
		return (await tail.read(position)).events[0]
	}

	/** @throws CatalogError RESUME_TOKEN_EXPIRED when the log does not have the entry of the token */
	return async (token: Place): Promise<Place> => {
		const place = { ...token, stockAt: token.stockAt - overlapMs }
		const touched = place.told > 0 ? place.position + 1 : place.position
		if (touched === 0) return place
		// Another replica may know more of the log. A shared question may have begun before the entry had its position.
		for (let asked = 0; asked < 2 && touched > tail.last(); asked++) await askForEnd()
		const entry = (await firstBehind(touched - 1)) ?? (await firstBehind(touched - 1))
		const told = place.told > 0 ? place.partOf : place.identity
		if (entry?.position !== touched || !isSameEntry(entry, told)) throw new CatalogError('RESUME_TOKEN_EXPIRED')
		return place.told > 0 ? { ...place, identity: entry.before } : place
	}
}
