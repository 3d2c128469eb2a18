import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FetchResult, Validators } from '../../../src/feeds/fetching/fetch-result.ts'
import { openSourceFetcher, type SourceFetcherOptions } from '../../../src/feeds/fetching/open-source-fetcher.ts'
import type { FeedSettings } from '../../../src/feeds/settings/feed-settings.ts'

export const noValidators: Validators = { etag: '', lastModified: '' }

/** A fetcher with a folder of its own, and short limits. */
export function useFetcher(options: SourceFetcherOptions = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'mercat-fetch-'))
	const fetcher = openSourceFetcher(folder, { firstBackoffMs: 1, ...options })
	return {
		folder,
		files: () => readdirSync(folder),
		fetch: (
			feed: FeedSettings,
			validators = noValidators,
			signal = new AbortController().signal,
		): Promise<FetchResult> => fetcher.fetch(feed, validators, signal),
		async [Symbol.asyncDispose]() {
			await fetcher[Symbol.asyncDispose]()
			rmSync(folder, { recursive: true })
		},
	}
}
