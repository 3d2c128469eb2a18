import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createLookUpHost } from '@mercat/service/look-up-host'
import { createResolveHost } from '@mercat/service/resolve-host'
import { addressRefusal } from '@mercat/service/target-address'
import { openTargetAgent, type TargetAgent, type TargetAgentNeeds } from '@mercat/service/target-agent'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { type FetchFeedNeeds, fetchFeed } from './fetch-feed.ts'
import type { FetchResult, Validators } from './fetch-result.ts'
import { fetchFromFile } from './file-source.ts'
import { fetchOverHttp, type HttpSourceOptions } from './http-source-call.ts'

export type SourceFetcher = AsyncDisposable & {
	/** Fetches a feed into a file of the folder. */
	fetch(feed: FeedSettings, validators: Validators, signal: AbortSignal): Promise<FetchResult>
}

export type SourceFetcherOptions = Partial<HttpSourceOptions> & { firstBackoffMs?: number }

/** @param folder for the feeds, decompressed */
export function openSourceFetcher(
	folder: string,
	{
		connectTimeoutMs = 5_000,
		// A source that makes its feed when it is asked needs long for its first byte.
		headersShare = 2 / 3,
		silenceShare = 1 / 6,
		firstBackoffMs = 500,
	}: SourceFetcherOptions = {},
	publicTargets: TargetAgentNeeds = { resolve: createResolveHost(), addressRefusal },
): SourceFetcher {
	// Connections to private addresses are apart, so that no other feed gets one.
	const agents = new Map<boolean, Promise<TargetAgent>>()
	const anyTarget: TargetAgentNeeds = { resolve: createLookUpHost(), addressRefusal: () => undefined }
	let files = 0
	const limits = { connectTimeoutMs, headersShare, silenceShare }

	function agentFor({ allowPrivate }: Pick<FeedSettings, 'allowPrivate'>): Promise<TargetAgent> {
		const known = agents.get(allowPrivate)
		if (known !== undefined) return known
		const agent = openTargetAgent(allowPrivate ? anyTarget : publicTargets, { connectTimeoutMs })
		agents.set(allowPrivate, agent)
		return agent
	}

	const needs: FetchFeedNeeds = {
		async attempt(feed, validators, signal) {
			// The names of feeds may differ only in their case, which some file systems do not tell apart.
			const path = join(folder, String(++files))
			const result =
				feed.url.protocol === 'file:'
					? await fetchFromFile(feed, validators, path, signal)
					: await fetchOverHttp(feed, validators, path, { agentFor }, limits, signal)
			if (result.outcome !== 'fetched') await rm(path, { force: true })
			return result
		},
	}

	return {
		fetch: (feed, validators, signal) => fetchFeed(feed, validators, needs, { signal, firstBackoffMs }),
		async [Symbol.asyncDispose]() {
			for (const agent of agents.values()) await (await agent).destroy()
		},
	}
}
