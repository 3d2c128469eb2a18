import {
	createOpenStreams,
	type OpenStreams,
	type StreamClient,
	type StreamLimits,
} from '@mercat/rest-service/open-streams'
import type { StreamPlaces } from '@mercat/rest-service/stream-places'
import {
	openProductChangeStream,
	type ProductChangeStream,
	type ProductChangeStreamNeeds,
	type ProductChangeStreamOptions,
} from './product-change-stream.ts'

export type ProductChangeStreamsNeeds = ProductChangeStreamNeeds & { places: StreamPlaces }

export type OpenProductChangesOptions = Omit<ProductChangeStreamOptions, 'unreadMs'> & StreamClient

export type ProductChangeStreams = OpenStreams<OpenProductChangesOptions>

/** The streams of changes of this process. */
export function createProductChangeStreams(
	{ feed, turns, places }: ProductChangeStreamsNeeds,
	limits?: Partial<StreamLimits>,
): ProductChangeStreams & Disposable {
	return createOpenStreams<OpenProductChangesOptions, ProductChangeStream>(
		{ places, openStream: (options, output) => openProductChangeStream({ feed, turns }, options, output) },
		limits,
	)
}
