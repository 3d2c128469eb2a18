/** @import { SourceList } from '@mercat/market-api/source-schemas' */
import { readMarket } from '../../api/market.js'
import { useLoad } from '../../api/use-load.js'
import { useRepeat } from '../../api/use-repeat.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { SourceTable } from './source-table.js'

const renewMs = 2_000

/** The sources of live prices: whether each is heard, and how far its prices have come. */
export function SourcesScreen() {
	const { value, error, isLoading, reload } = useLoad(readSources, [])
	useRepeat(() => {
		if (!isLoading) reload()
	}, renewMs)
	return html`
		<${PageHeading} title="Sources" subtitle="Live prices that come over a WebSocket, as the file MARKET_SOURCES names them.">
			<button type="button" onClick=${reload}>Refresh</button>
		</${PageHeading}>
		${value === undefined && isLoading && !error && html`<${Loading} />`}
		${error && html`<${Failure} error=${error} retry=${reload} />`}
		${value?.sources.length === 0 && html`<${Empty} title="No source yet">A source appears once the market service has it in <code>MARKET_SOURCES</code>.</${Empty}>`}
		${value && value.sources.length > 0 && html`<${SourceTable} sources=${value.sources} />`}
	`
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<SourceList>}
 */
function readSources(signal) {
	return readMarket('/v1/sources', { signal })
}
