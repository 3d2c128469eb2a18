/** @import { Feed } from '@mercat/client' */
import { request } from '../../api/request.js'
import { usePages } from '../../api/use-pages.js'
import { useRepeat } from '../../api/use-repeat.js'
import { LoadMore } from '../../parts/load-more.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Panel } from '../../parts/panel.js'
import { Empty, Loading } from '../../parts/states.js'
import { placeOf } from '../../routing/router.js'
import { FeedTable } from './feed-table.js'
import { RejectedNote } from './rejected-note.js'
import { LastOutcome, troubleOf } from './run-outcome.js'

const renewMs = 5_000

/** The feeds of suppliers: how the last run of each ended, and what it is about if it did not sync. */
export function FeedsScreen() {
	const { rows, isFirst, isLoading, error, more, reload, renew } = usePages(listFeeds, [])
	useRepeat(renew, renewMs)
	return html`
		<${PageHeading} title="Feeds" subtitle="The products and prices of suppliers, as the command mercat feeds sync brings them.">
			<button type="button" onClick=${reload}>Refresh</button>
		</${PageHeading}>
		${isFirst && isLoading && html`<${Loading} />`}
		${
			!isFirst &&
			!error &&
			rows.length === 0 &&
			html`<${Empty} title="No feed has run yet">A feed appears with its first run: <code>mercat feeds sync feeds.json</code></${Empty}>`
		}
		<div class="stack">
			<${Troubles} feeds=${rows} />
			<${RejectedNote} hasRejected=${rows.some(({ lastRun }) => lastRun !== null && lastRun.rejected > 0)} />
			${rows.length > 0 && html`<${FeedTable} feeds=${rows} />`}
		</div>
		<${LoadMore} more=${more ?? (error && reload)} isLoading=${isLoading} error=${error} />
	`
}

/** @param {{ feeds: Feed[] }} props */
function Troubles({ feeds }) {
	const troubled = feeds.filter((feed) => troubleOf(feed) !== undefined)
	if (troubled.length === 0) return null
	return html`
		<${Panel} title="Feeds that did not sync">
			<ul class="rows">
				${troubled.map(
					(feed) => html`
						<li key=${feed.name} class="feed-trouble">
							<${LastOutcome} feed=${feed} /> <a href=${placeOf(['feeds', feed.name])}>${feed.name}</a>
							<p>${troubleOf(feed)}</p>
						</li>
					`,
				)}
			</ul>
		</${Panel}>
	`
}

/**
 * @param {string} pageToken
 * @param {AbortSignal} signal
 */
async function listFeeds(pageToken, signal) {
	const { body } = await request('GET', '/v1/feeds', { query: { pageSize: 100, pageToken }, signal })
	return { rows: body.feeds, nextPageToken: body.nextPageToken }
}
