import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { ProductFileError } from '@mercat/product-files/product-file-error'
import type { ImportStream } from '../../import/import-stream.ts'
import type { Parsers } from '../../parsing/parsers.ts'
import type { DownloadSlots } from '../fetching/download-slots.ts'
import type { FetchResult, Validators } from '../fetching/fetch-result.ts'
import type { SourceFetcher } from '../fetching/open-source-fetcher.ts'
import type { FeedProgress } from '../report/feed-progress.ts'
import type { FeedOutcome, FeedResult, ReportRow } from '../report/feed-result.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { applyFeed } from './apply-feed.ts'
import { checkFeed } from './check-feed.ts'
import { describeRejected } from './describe-rejected.ts'
import { describeTrouble } from './describe-trouble.ts'
import { type FeedWork, newFeedWork } from './feed-work.ts'
import type { ActiveRun, OpenRun } from './open-run.ts'
import { retireMissing } from './retire-missing.ts'
import { createShowRun, type ShowRun } from './show-run.ts'

export type RunFeedNeeds = {
	open(feed: FeedSettings): Promise<OpenRun | ActiveRun>
	fetch: SourceFetcher['fetch']
	sourceSkus(source: string): AsyncIterable<string[]>
	openStream(): ImportStream
	parsers: Pick<Parsers, 'parse'>
	downloads: DownloadSlots
	/** Runs work when a place to parse and write is free. It is told how to share the streams of the catalog. */
	writing<T>(work: (lanes: () => number) => Promise<T>): Promise<T>
	progress: FeedProgress
	/** One sentence about a failed call to the catalog. */
	explain(error: unknown): Promise<string>
}

/** What became of a feed. */
export type EndedRun = {
	result: FeedResult
	rows: ReportRow[]
	/** Whether the source is to blame for a failure, and not the catalog or this machine. */
	isSourceFault: boolean
}

/** How a run ends. */
type Ending = {
	outcome: FeedOutcome
	reason: string
	isSourceFault?: boolean
	validators?: Validators | undefined
}

const stopped = 'the command was stopped'

/**
 * Runs one feed: fetches it whole, checks it, and applies it. It never rejects: each failure is a result.
 *
 * @param signal no step begins after it, and the step under way ends as soon as it can
 */
export async function runFeed(feed: FeedSettings, needs: RunFeedNeeds, signal: AbortSignal): Promise<EndedRun> {
	const startedAt = performance.now()
	const work = newFeedWork()
	const show = createShowRun(feed)
	let run: OpenRun | undefined
	let ending: Ending
	try {
		const fetchInTurn = () =>
			needs.downloads(feed, async () => {
				if (signal.aborted) return undefined
				const opened = await needs.open(feed)
				if ('leaseEndsInMs' in opened) return opened
				run = opened
				needs.progress.enter('fetching')
				return await needs.fetch(feed, run.validators, AbortSignal.any([signal, run.lost]))
			})
		let download = await fetchInTurn()
		if (download !== undefined && 'leaseEndsInMs' in download) {
			// The process of that run may have been killed. Other feeds of the host are fetched meanwhile.
			await sleep(download.leaseEndsInMs + 1, undefined, { signal }).catch(() => {})
			download = await fetchInTurn()
		}
		if (run === undefined || download === undefined || 'leaseEndsInMs' in download)
			ending = { outcome: 'notRun', reason: signal.aborted ? stopped : 'another run of this feed is active' }
		else ending = await useDownload(feed, run, download, work, needs, signal)
	} catch (error) {
		const isSourceFault = error instanceof ProductFileError
		ending = { outcome: 'failed', reason: await describeTrouble(error, needs), isSourceFault }
	}
	if (run?.lost.aborted) ending = { outcome: 'failed', reason: 'another run of this feed has begun' }
	const { outcome, reason, isSourceFault = false, validators } = ending
	const unlisted = work.unlisted === 0 ? [] : [`${work.unlisted} more rows are not listed`]
	const result: FeedResult = {
		name: feed.name,
		outcome,
		reason: show.reason([reason, ...unlisted].filter((text) => text !== '').join('; ')),
		ms: Math.round(performance.now() - startedAt),
		...work.figures,
	}
	await finish(run, result, validators, { ...needs, show })
	needs.progress.end(result)
	return { result, rows: show.rows(work.rows), isSourceFault }
}

async function useDownload(
	feed: FeedSettings,
	run: OpenRun,
	download: FetchResult,
	work: FeedWork,
	needs: RunFeedNeeds,
	signal: AbortSignal,
): Promise<Ending> {
	work.figures.attempts = download.attempts
	if (download.outcome === 'unchanged') return unchanged(run, work)
	work.figures.bytes = download.bytes
	if (download.outcome === 'failed')
		return { outcome: 'failed', reason: download.reason, isSourceFault: !signal.aborted }
	needs.progress.enter('waiting')
	try {
		return await needs.writing((lanes) => checkAndApply(feed, run, download, work, { ...needs, lanes }, signal))
	} finally {
		rmSync(download.path, { force: true })
	}
}

/** Prices that wait for a person are told again, also when the source has nothing new. */
function unchanged({ heldPrices }: OpenRun, { figures }: FeedWork): Ending {
	if (heldPrices === 0) return { outcome: 'unchanged', reason: '' }
	figures.held = heldPrices
	const waiting = heldPrices === 1 ? 'one price is held' : `${heldPrices} prices are held`
	return { outcome: 'held', reason: `the source has not changed, and ${waiting}` }
}

async function checkAndApply(
	feed: FeedSettings,
	run: OpenRun,
	{ path, validators }: FetchResult & { outcome: 'fetched' },
	work: FeedWork,
	needs: RunFeedNeeds & { lanes(): number },
	signal: AbortSignal,
): Promise<Ending> {
	const { figures } = work
	const notApplied: Ending = { outcome: 'failed', reason: `${stopped} before the feed was applied` }
	const limit = AbortSignal.any([signal, run.lost])
	if (limit.aborted) return notApplied
	needs.progress.enter('checking')
	const checked = await checkFeed(feed, path, needs, limit).catch((error: unknown) => {
		if (!limit.aborted) throw error
	})
	if (checked === undefined) return notApplied
	figures.missing = checked.missing.length
	if (checked.stopped !== undefined) return { outcome: 'stopped', reason: checked.stopped }
	if (limit.aborted) return notApplied
	needs.progress.enter('applying')
	const onRows = (rows: number) => needs.progress.applied(rows, checked.rows)
	await applyFeed(
		feed,
		path,
		work,
		{ ...needs, onRows },
		{ runNumber: run.number, lanes: needs.lanes(), signal: limit },
	)
	if (figures.rows < checked.rows)
		return { outcome: 'failed', reason: `${stopped}: the counted rows are applied, and the others are not` }
	if (limit.aborted)
		return { outcome: 'failed', reason: `${stopped}: all rows are applied, and missing products are as before` }
	const isSure = checked.nameless === 0
	needs.progress.enter('retiring')
	if (isSure) await retireMissing(feed, checked, work, { run })
	const nameless =
		checked.nameless === 1
			? '1 refused row does not tell its sku'
			: `${checked.nameless} refused rows do not tell their sku`
	const keptReason = isSure || checked.missing.length === 0 ? '' : `missing products are as before, because ${nameless}`
	const outcome = figures.held + figures.rejected > 0 ? 'held' : 'synced'
	const reason = [describeRejected(work), keptReason].filter((text) => text !== '').join('; ')
	// A row that was rejected may be taken the next time, although the source has not changed.
	return { outcome, reason, validators: figures.rejected === 0 ? validators : undefined }
}

async function finish(
	run: OpenRun | undefined,
	result: FeedResult,
	validators: Validators | undefined,
	{ explain, show }: Pick<RunFeedNeeds, 'explain'> & { show: ShowRun },
): Promise<void> {
	if (run === undefined) return
	try {
		if (!run.lost.aborted) await run.finish(result, validators)
	} catch (error) {
		// The rows are applied all the same. The catalog closes the run when the next one begins.
		const trouble = show.reason(`the end of the run is not stored: ${await explain(error)}`)
		result.outcome = 'failed'
		result.reason = result.reason === '' ? trouble : `${result.reason}; ${trouble}`
	} finally {
		await run[Symbol.asyncDispose]()
	}
}
