/** @import { ReadSales } from './read-sales.js' */
/** @import { SalesBy, SalesRange } from './sales-ranges.js' */
import { useState } from 'preact/hooks'
import { useLoad } from '../../api/use-load.js'
import { useRepeat } from '../../api/use-repeat.js'
import { Choices } from '../../parts/choices.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { Time } from '../../parts/values/time.js'
import { readSales } from './read-sales.js'
import { salesKinds, salesRanges, usualRange } from './sales-ranges.js'
import { SalesTable } from './sales-table.js'

const renewMs = 2_000

/** What orders have sold, by product, by category or by the status that they have entered. */
export function SalesScreen() {
	const [by, setBy] = useState(/** @type {SalesBy} */ ('sku'))
	const [range, setRange] = useState(usualRange)
	const { value, error, isLoading, reload } = useLoad((signal) => readSales(by, range, signal), [by, range])
	useRepeat(() => {
		// Of too many rows the newest are not read, so that nothing would change.
		if (!isLoading && !value?.isCut) reload()
	}, renewMs)
	return html`
		<${PageHeading} title="Sales" subtitle="Counted from the log of events of the orders. A product is sold when its order is paid.">
			<${Choices} label="Sales by" chosen=${by} onChoose=${setBy}
				choices=${salesKinds.map((kind) => ({ value: kind.by, label: kind.label }))} />
			<${Choices} label="Time shown" chosen=${range} onChoose=${setRange}
				choices=${salesRanges.map((each) => ({ value: each, label: each.label }))} />
		</${PageHeading}>
		${value === undefined && isLoading && !error && html`<${Loading} />`}
		${error && html`<${Failure} error=${error} retry=${reload} />`}
		${value && html`<${Totals} by=${by} range=${range} read=${value} />`}
	`
}

/** @param {{ by: SalesBy, range: SalesRange, read: ReadSales }} props */
function Totals({ by, range, read: { totals, foldedThrough, isCut } }) {
	return html`
		${
			totals.length === 0
				? html`<${Empty} title=${`Nothing was sold ${range.words}`} />`
				: html`<${SalesTable} by=${by} totals=${totals} />`
		}
		${isCut && html`<p class="hint">There are more rows than this page reads. Choose a shorter time.</p>`}
		${foldedThrough && html`<p class="hint">Counted through <${Time} at=${foldedThrough} exact />.</p>`}
	`
}
