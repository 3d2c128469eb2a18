import { retryAfterMs } from '@mercat/service/retry-after'
import { type TargetAgent, TargetRefusedError } from '@mercat/service/target-agent'
import { BadFeedError } from '../answers/bad-feed-error.ts'
import { contentTypeFault } from '../answers/content-type-fault.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { type CallLimits, describeCallFailure } from './describe-call-failure.ts'
import type { AttemptResult, Validators } from './fetch-result.ts'
import { nextUrl } from './next-url.ts'
import { type SaveFeedOptions, saveFeed } from './save-feed.ts'

export type HttpSourceNeeds = { agentFor(feed: Pick<FeedSettings, 'allowPrivate'>): Promise<TargetAgent> }

export type HttpSourceOptions = {
	connectTimeoutMs: number
	/** How much of the time of the feed an answer may take to begin. */
	headersShare: number
	/** How much of the time of the feed a body may be silent. */
	silenceShare: number
}

type Answer = Awaited<ReturnType<TargetAgent['request']>>

const mostRedirects = 5
/** The statuses after which the same request may succeed. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504])
const redirects = new Set([301, 302, 303, 307, 308])
const acceptedTypes =
	'text/csv, text/tab-separated-values, application/xml, text/xml, application/json, application/x-ndjson, */*;q=0.5'

/** Makes one attempt to fetch a feed over HTTP and to save it at `path`. It never rejects: each failure is a result. */
export async function fetchOverHttp(
	feed: FeedSettings,
	validators: Validators,
	path: string,
	{ agentFor }: HttpSourceNeeds,
	options: HttpSourceOptions,
	signal: AbortSignal,
): Promise<AttemptResult> {
	const limits = {
		connectTimeoutMs: options.connectTimeoutMs,
		headersTimeoutMs: Math.ceil(options.headersShare * feed.timeoutS * 1_000),
		silenceTimeoutMs: Math.ceil(options.silenceShare * feed.timeoutS * 1_000),
	}
	let read = 0
	const onRead = (bytes: number) => {
		read = bytes
	}
	try {
		const agent = await agentFor(feed)
		const answer = await requestWithRedirects(agent, feed, validators, limits, signal)
		if (answer.statusCode === 304 && hasValidators(validators)) {
			dropBody(answer)
			return { outcome: 'unchanged' }
		}
		if (answer.statusCode !== 200) return refuse(answer)
		return await save(answer, feed, path, { onRead, signal })
	} catch (error) {
		const reason = describeCallFailure(error, limits)
		// Anything else is trouble of the network, which may pass.
		const isFinal = error instanceof BadFeedError || error instanceof TargetRefusedError
		return { outcome: 'failed', reason, bytes: read, ...(!isFinal && { retryAfterMs: 0 }) }
	}
}

/** Follows redirects itself, because each one is a new target for the rules of addresses and credentials. */
async function requestWithRedirects(
	agent: TargetAgent,
	feed: FeedSettings,
	validators: Validators,
	{ headersTimeoutMs, silenceTimeoutMs }: CallLimits,
	signal: AbortSignal,
): Promise<Answer> {
	let url = feed.url
	for (let followed = 0; ; followed++) {
		const answer = await agent.request({
			origin: url.origin,
			path: url.pathname + url.search,
			method: 'GET',
			headers: headersFor(url, feed, validators),
			headersTimeout: headersTimeoutMs,
			bodyTimeout: silenceTimeoutMs,
			signal,
		})
		if (!redirects.has(answer.statusCode)) return answer
		dropBody(answer)
		if (followed === mostRedirects) throw new BadFeedError(`more than ${mostRedirects} redirects`)
		url = nextUrl(url, only(answer.headers['location']))
	}
}

function headersFor(url: URL, feed: FeedSettings, { etag, lastModified }: Validators): Record<string, string> {
	return {
		accept: acceptedTypes,
		'user-agent': 'mercat',
		// Credentials go to the source and to nobody whom it names.
		...(url.origin === feed.url.origin && feed.headers),
		'accept-encoding': 'zstd, br, gzip',
		...(etag !== '' && { 'if-none-match': etag }),
		...(lastModified !== '' && { 'if-modified-since': lastModified }),
	}
}

async function save(
	answer: Answer,
	feed: FeedSettings,
	path: string,
	given: Pick<SaveFeedOptions, 'onRead' | 'signal'>,
): Promise<AttemptResult> {
	const { headers, body } = answer
	// A body that is not read to its end is destroyed, and reports that as an error.
	body.on('error', () => {})
	const fault = contentTypeFault(only(headers['content-type']))
	if (fault !== undefined) {
		body.destroy()
		throw new BadFeedError(fault)
	}
	const { bytes } = await saveFeed(body, path, {
		contentEncoding: only(headers['content-encoding']),
		maxBytes: feed.maxBytes,
		...given,
	})
	const validators = { etag: only(headers['etag']) ?? '', lastModified: only(headers['last-modified']) ?? '' }
	return { outcome: 'fetched', path, bytes, validators }
}

function refuse(answer: Answer): AttemptResult {
	dropBody(answer)
	const { statusCode: status, headers } = answer
	const reason = `the source answered HTTP ${status}`
	if (!passing.has(status)) return { outcome: 'failed', reason }
	return { outcome: 'failed', reason, retryAfterMs: retryAfterMs(headers['retry-after'], Date.now()) }
}

function dropBody({ body }: Answer): void {
	body.on('error', () => {}).destroy()
}

function hasValidators({ etag, lastModified }: Validators): boolean {
	return etag !== '' || lastModified !== ''
}

function only(header: string | string[] | undefined): string | undefined {
	return Array.isArray(header) ? header[0] : header
}
