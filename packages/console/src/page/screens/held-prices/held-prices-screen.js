/** @import { HeldPrice } from '@mercat/client' */
/** @import { ScreenProps } from '../../shell/screens.js' */
/** @import { Decision } from './decision-dialog.js' */
import { useState } from 'preact/hooks'
import { request } from '../../api/request.js'
import { usePages } from '../../api/use-pages.js'
import { useRepeat } from '../../api/use-repeat.js'
import { LoadMore } from '../../parts/load-more.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Empty, Loading } from '../../parts/states.js'
import { DecisionDialog } from './decision-dialog.js'
import { HeldPriceTable } from './held-price-table.js'

const renewMs = 5_000

/**
 * The prices that wait for a decision, of all sources or of one.
 *
 * @param {ScreenProps} props
 */
export function HeldPricesScreen({ query }) {
	const source = query.get('source') ?? ''
	const pages = usePages((pageToken, signal) => listHolds(source, pageToken, signal), [source])
	const { rows, isFirst, isLoading, error, more, reload, renew } = pages
	useRepeat(renew, renewMs)
	const [decided, setDecided] = useState(/** @type {{ hold: HeldPrice, decision: Decision } | undefined} */ (undefined))
	return html`
		<${PageHeading} title="Held prices" subtitle="New prices that differ too much. The old price sells on until somebody decides.">
			<button type="button" onClick=${reload}>Refresh</button>
		</${PageHeading}>
		${source !== '' && html`<p class="list-filter"><span>Only the prices of <strong>${source}</strong></span> <a href="#/held-prices">Show all</a></p>`}
		${isFirst && isLoading && html`<${Loading} />`}
		${!isFirst && !error && rows.length === 0 && html`<${Empty} title="No price is held">A price that falls or rises too far waits here.</${Empty}>`}
		${rows.length > 0 && html`<div class="held-prices"><${HeldPriceTable} holds=${rows} onDecide=${(/** @type {HeldPrice} */ hold, /** @type {Decision} */ decision) => setDecided({ hold, decision })} /></div>`}
		<${LoadMore} more=${more ?? (error && reload)} isLoading=${isLoading} error=${error} />
		${decided && html`<${DecisionDialog} ...${decided} onDone=${renew} onClose=${() => setDecided(undefined)} />`}
	`
}

/**
 * @param {string} source
 * @param {string} pageToken
 * @param {AbortSignal} signal
 */
async function listHolds(source, pageToken, signal) {
	const query = { source, pageSize: 50, pageToken }
	const { body } = await request('GET', '/v1/held-prices', { query, signal })
	return { rows: body.heldPrices, nextPageToken: body.nextPageToken }
}
