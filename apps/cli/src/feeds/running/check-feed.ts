import { refusedRow } from '../../import/reported-row.ts'
import type { Parsers } from '../../parsing/parsers.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { withSettingNames } from '../settings/setting-names.ts'

export type CheckFeedNeeds = {
	parsers: Pick<Parsers, 'parse'>
	/** The skus that the source has in the catalog, in pages. */
	sourceSkus(source: string): AsyncIterable<string[]>
}

/** What a look at the whole feed has found, before anything of it is applied. */
export type CheckedFeed = {
	rows: number
	refused: number
	/** Refused rows that do not tell their sku. */
	nameless: number
	/** The skus of the source that the feed lacks, and the number of all of its skus. */
	missing: string[]
	known: number
	/** The rule of safety that stops the feed, as a sentence. */
	stopped?: string
}

/** The most rows of a feed. The parser keeps 134 MB for the skus of so many. */
export const mostRows = 10_000_000

/**
 * Reads a feed to its end and compares its skus with those of its source in the catalog.
 *
 * @param signal ends the check, which rejects then
 * @throws ProductFileError when the feed is not whole
 */
export async function checkFeed(
	feed: FeedSettings,
	path: string,
	{ parsers, sourceSkus }: CheckFeedNeeds,
	signal: AbortSignal,
): Promise<CheckedFeed> {
	let nameless = 0
	let firstRefusal: string | undefined
	await using file = await parsers.parse(
		path,
		{ ...feed.file, isFeed: true, mode: 'check', collectSkus: { mostRows }, lanes: 1 },
		{
			signal,
			onProblems(problems) {
				nameless += problems.filter(({ sku = '' }) => sku === '').length
				firstRefusal ??= problems.map(refusedRow).map(({ line, detail }) => `${line}: ${withSettingNames(detail)}`)[0]
			},
		},
	)
	const { records: rows, refused } = await file.summary
	const checked: CheckedFeed = { rows, refused, nameless, missing: [], known: 0 }
	if (rows === 0) return { ...checked, stopped: 'the feed has no rows' }
	if (refused === rows)
		return { ...checked, stopped: `every row was refused, such as ${file.facts.lineName} ${firstRefusal}` }
	for await (const skus of sourceSkus(feed.name)) {
		signal.throwIfAborted()
		checked.known += skus.length
		checked.missing.push(...(await file.missingOf(skus)))
	}
	return { ...checked, ...missingRule(feed, checked) }
}

const wayOut =
	'If they are gone for good, archive them, give them to the shop (mercat sources give), or sync once with a higher percentage'

function missingRule({ maxMissingPercent }: FeedSettings, { missing, known }: CheckedFeed): { stopped?: string } {
	const percent = (missing.length / known) * 100
	if (!(percent > maxMissingPercent)) return {}
	return {
		stopped: `${missing.length} of ${known} products of the source are missing, more than ${maxMissingPercent} % (maxMissingPercent). ${wayOut}`,
	}
}
