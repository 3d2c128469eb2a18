/** @import { ScreenProps } from '../../shell/screens.js' */
import { request } from '../../api/request.js'
import { usePages } from '../../api/use-pages.js'
import { useRepeat } from '../../api/use-repeat.js'
import { LoadMore } from '../../parts/load-more.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Loading } from '../../parts/states.js'
import { placeOf } from '../../routing/router.js'
import { RejectedNote } from './rejected-note.js'
import { RunTable } from './run-table.js'

const renewMs = 5_000
const back = { href: '#/feeds', label: 'Feeds' }

/**
 * The runs of one feed, the newest first.
 *
 * @param {ScreenProps} props
 */
export function FeedScreen({ params }) {
	const name = params['name'] ?? ''
	const pages = usePages((pageToken, signal) => listRuns(name, pageToken, signal), [name])
	const { rows, isFirst, isLoading, error, more, reload, renew } = pages
	useRepeat(renew, renewMs)
	return html`
		<${PageHeading} title=${name} back=${back} subtitle="The runs of this feed. The catalog keeps the last 100.">
			<button type="button" onClick=${reload}>Refresh</button>
			<a class="button" href=${placeOf(['held-prices'], { source: name })}>Held prices</a>
		</${PageHeading}>
		${isFirst && isLoading && html`<${Loading} />`}
		<${RejectedNote} hasRejected=${rows.some(({ rejected }) => rejected > 0)} />
		${rows.length > 0 && html`<${RunTable} runs=${rows} />`}
		<${LoadMore} more=${more ?? (error && reload)} isLoading=${isLoading} error=${error} />
	`
}

/**
 * @param {string} name
 * @param {string} pageToken
 * @param {AbortSignal} signal
 */
async function listRuns(name, pageToken, signal) {
	const path = `/v1/feeds/${encodeURIComponent(name)}/runs`
	const { body } = await request('GET', path, { query: { pageSize: 50, pageToken }, signal })
	return { rows: body.runs, nextPageToken: body.nextPageToken }
}
