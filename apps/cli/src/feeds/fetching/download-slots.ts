import { bulkhead } from 'cockatiel'
import type { FeedSettings } from '../settings/feed-settings.ts'

/** Runs work when a source of this host has a turn. */
export type DownloadSlots = <T>(feed: Pick<FeedSettings, 'url'>, work: () => Promise<T>) => Promise<T>

const mostDownloads = 64
const mostPerHost = 2

/** Bounds how many sources are fetched at a time: 64, and 2 of each host and port. The others wait in their order. */
export function createDownloadSlots(): DownloadSlots {
	const all = bulkhead(mostDownloads, Number.POSITIVE_INFINITY)
	const hosts = new Map<string, typeof all>()

	return ({ url }, work) => {
		// Files of this machine wait for no host.
		if (url.protocol === 'file:') return all.execute(work)
		const host = hosts.get(url.host) ?? bulkhead(mostPerHost, Number.POSITIVE_INFINITY)
		hosts.set(url.host, host)
		return host.execute(() => all.execute(work))
	}
}
