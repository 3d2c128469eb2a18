/** @import { Money as Amount } from '@mercat/client' */
/** @import { PricePoint } from './price-curve.js' */
/** @import { ReadPrices } from './read-prices.js' */
import { useState } from 'preact/hooks'
import { useLoad } from '../../../api/use-load.js'
import { Choices } from '../../../parts/choices.js'
import { html } from '../../../parts/markup/html.js'
import { Panel } from '../../../parts/panel.js'
import { Empty, Failure, Loading } from '../../../parts/states.js'
import { formatMoney } from '../../../parts/values/money.js'
import { Time } from '../../../parts/values/time.js'
import { PriceChart } from './price-chart.js'
import { extentOf } from './price-curve.js'
import { priceRanges, stepWords, usualRange } from './price-ranges.js'
import { PriceTable, pointText } from './price-table.js'
import { readPrices } from './read-prices.js'

/**
 * The prices that a product has had, as a curve.
 *
 * @param {{ sku: string, price: Amount }} props
 */
export function PricePanel({ sku, price }) {
	const [range, setRange] = useState(usualRange)
	const { currency, amountMinor } = price
	const { value, error, isLoading, reload } = useLoad(
		(signal) => readPrices(sku, currency, range, signal),
		[sku, currency, amountMinor, range],
	)
	return html`
		<${Panel} title="Prices" actions=${html`<${Choices} label="Time shown" chosen=${range} onChoose=${setRange}
			choices=${priceRanges.map((each) => ({ value: each, label: each.label }))} />`}>
			${value === undefined && isLoading && html`<${Loading} />`}
			${error && html`<${Failure} error=${error} retry=${reload} />`}
			${value && html`<${Prices} read=${value} />`}
		</${Panel}>
	`
}

/** @param {{ read: ReadPrices }} props */
function Prices({ read }) {
	const [pointed, setPointed] = useState(/** @type {PricePoint | undefined} */ (undefined))
	const { curve, step, isCut, beginsAt } = read
	const extent = extentOf(curve)
	if (extent === undefined)
		return html`<${Empty} title=${`No price in ${curve.currency} is known ${read.range.words}`} />`
	const last = curve.points.at(-1)
	const shown = pointed ?? last
	return html`
		<div class="prices">
			<p class="price-legend">
				${shown && html`<span><strong>${pointText(shown, curve.currency)}</strong> since <${Time} at=${new Date(shown.atMs).toISOString()} exact /></span>`}
			</p>
			<${PriceChart} curve=${curve} label=${describe(read, extent)} onPoint=${setPointed} />
			${step && html`<p class="hint">The last price of each ${stepWords[step]}. The band is between the lowest and the highest price.</p>`}
			${isCut && last && html`<p class="hint">There are more prices than the chart draws. It ends at <${Time} at=${new Date(last.atMs).toISOString()} exact />.</p>`}
			<p class="hint">Prices are known since <${Time} at=${beginsAt} exact />.</p>
			<${PriceTable} curve=${curve} />
		</div>
	`
}

/**
 * @param {ReadPrices} read
 * @param {{ lowMinor: number, highMinor: number }} extent
 */
function describe({ curve: { currency, points }, range }, { lowMinor, highMinor }) {
	const [now, low, high] = [points.at(-1)?.amountMinor ?? null, lowMinor, highMinor].map((amountMinor) =>
		amountMinor === null ? 'in another currency' : formatMoney({ amountMinor, currency }),
	)
	return `Price ${range.words}: now ${now}, at least ${low}, at most ${high}`
}
