import {
	createOpenStreams,
	type OpenStreams,
	type StreamClient,
	type StreamLimits,
} from '@mercat/rest-service/open-streams'
import type { StreamPlaces } from '@mercat/rest-service/stream-places'
import type { StatusFeed } from './status-feed.ts'
import { openStatusStream, type StatusStream, type StatusStreamOptions } from './status-stream.ts'

export type StatusStreamsNeeds = {
	places: StreamPlaces
	feed: Pick<StatusFeed, 'recent' | 'follow'>
}

export type OpenStatusOptions = Omit<StatusStreamOptions, 'unreadMs'> & StreamClient

export type StatusStreams = OpenStreams<OpenStatusOptions>

/** The streams of statuses of this process. All of them get the same texts. The feed is followed while one is open. */
export function createStatusStreams(
	{ places, feed }: StatusStreamsNeeds,
	limits?: Partial<StreamLimits>,
): StatusStreams & Disposable {
	const streams = createOpenStreams<OpenStatusOptions, StatusStream>(
		{ places, openStream: (options, output) => openStatusStream(feed.recent(), options, output) },
		limits,
	)
	let stopFollowing = () => {}

	function send(text: string): void {
		for (const stream of streams.all) stream.send(text)
	}

	return {
		open(options, openOutput) {
			const close = streams.open(options, openOutput)
			if (streams.all.size === 1) stopFollowing = feed.follow(send)
			return () => {
				close()
				if (streams.all.size === 0) stopFollowing()
			}
		},
		endAll: streams.endAll,
		[Symbol.dispose]() {
			streams[Symbol.dispose]()
			stopFollowing()
		},
	}
}
