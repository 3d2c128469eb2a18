import { join } from 'node:path'
import { createLookUpHost } from '@mercat/service/look-up-host'
import { createResolveHost } from '@mercat/service/resolve-host'
import { addressRefusal } from '@mercat/service/target-address'
import { openTargetAgent, type TargetAgent, type TargetAgentNeeds } from '@mercat/service/target-agent'
import { fetchFeed, type FetchFeedNeeds } from './fetch-feed.ts'
import type { FetchResult, Validators } from './fetch-result.ts'
import { fetchFromFile } from './file-source.ts'
import { fetchOverHttp } from './http-source-call.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'

export type SourceFetcher = AsyncDisposable & {
	/** Fetches a feed into the file NAME of the folder. */
	fetch(feed: FeedSettings, validators: Validators, signal: AbortSignal): Promise<FetchResult>
}

export type SourceFetcherOptions = {
	connectTimeoutMs?: number
	headersTimeoutMs?: number
	silenceTimeoutMs?: number
	firstBackoffMs?: number
}

/** @param folder for the feeds, decompressed */
export function openSourceFetcher(
	folder: string,
	{ connectTimeoutMs = 5_000, headersTimeoutMs = 15_000, silenceTimeoutMs = 10_000, firstBackoffMs = 500 }: SourceFetcherOptions = {},
	publicTargets: TargetAgentNeeds = { resolve: createResolveHost(), addressRefusal },
): SourceFetcher {
	// Connections to private addresses are apart, so that no other feed gets one.
	const agents = new Map<boolean, Promise<TargetAgent>>()
	const anyTarget: TargetAgentNeeds = { resolve: createLookUpHost(), addressRefusal: () => undefined }
	const limits = { connectTimeoutMs, headersTimeoutMs, silenceTimeoutMs }

	function agentFor({ allowPrivate }: Pick<FeedSettings, 'allowPrivate'>): Promise<TargetAgent> {
		const known = agents.get(allowPrivate)
		if (known !== undefined) return known
		const agent = openTargetAgent(allowPrivate ? anyTarget : publicTargets, limits)
		agents.set(allowPrivate, agent)
		return agent
	}

	const needs: FetchFeedNeeds = {
		attempt(feed, validators, signal) {
			const path = join(folder, feed.name)
			return feed.url.protocol === 'file:'
				? fetchFromFile(feed, validators, path, signal)
				: fetchOverHttp(feed, validators, path, { agentFor }, signal)
		},
	}

	return {
		fetch: (feed, validators, signal) => fetchFeed(feed, validators, needs, { signal, firstBackoffMs }),
		async [Symbol.asyncDispose]() {
			for (const agent of agents.values()) await (await agent).destroy()
		},
	}
}
