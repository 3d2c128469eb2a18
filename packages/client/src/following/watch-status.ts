import type { Client } from '../generated/client/index.ts'
import type { Status } from '../generated/types.gen.ts'
import { type FollowOptions, followStream } from './follow-stream.ts'

export type WatchStatusOptions = FollowOptions & { client: Client }

/** The status of the services each second, those of the last two minutes first. A stream that breaks is opened again. */
export async function* watchStatus({
	client,
	...options
}: WatchStatusOptions): AsyncGenerator<Status, void, undefined> {
	const place = { client, url: '/v1/status/stream', security: [{ scheme: 'bearer', type: 'http' } as const] }
	let latest = ''
	for await (const { data } of followStream(place, '', options)) {
		if (data === undefined) continue
		const status: Status = JSON.parse(data)
		// A stream that was opened again begins with statuses that the one before has told.
		if (status.at <= latest) continue
		latest = status.at
		yield status
	}
}
