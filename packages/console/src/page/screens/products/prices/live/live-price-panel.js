/** @import { Ticks } from '@mercat/market-api/tick-schemas' */
/** @import { PricePoint } from '../price-curve.js' */
import { useState } from 'preact/hooks'
import { isWithoutMarket, readMarket } from '../../../../api/market.js'
import { useLoad } from '../../../../api/use-load.js'
import { useRepeat } from '../../../../api/use-repeat.js'
import { html } from '../../../../parts/markup/html.js'
import { Panel } from '../../../../parts/panel.js'
import { Empty, Failure } from '../../../../parts/states.js'
import { StatusPill } from '../../../../parts/status-pill.js'
import { formatMoney } from '../../../../parts/values/money.js'
import { Time } from '../../../../parts/values/time.js'
import { PriceChart } from '../price-chart.js'
import { curveOfBars, extentOf } from '../price-curve.js'
import { pointText } from '../price-table.js'

/** @typedef {{ ticks: Ticks, fromMs: number, toMs: number }} ReadTicks */

const renewMs = 1_000
// Of a product that has no price from a source yet.
const idleMs = 3_000
const secondMs = 1_000
const shownMs = 300_000

/**
 * The prices of the last five minutes as a source sends them, once a second. A product without a source has no such panel, and
 * neither has a shop without the market service.
 *
 * @param {{ sku: string }} props
 */
export function LivePricePanel({ sku }) {
	const { value, error, isLoading, reload } = useLoad((signal) => readTicks(sku, signal), [sku])
	const isPriced = value?.ticks.latest !== undefined
	useRepeat(
		() => {
			if (!isLoading) reload()
		},
		isPriced ? renewMs : idleMs,
	)
	const isTrouble = error !== undefined && !isWithoutMarket(error) && error.code !== 'PRODUCT_NOT_FOUND'
	if (!isTrouble && (error !== undefined || !isPriced)) return null
	return html`
		<${Panel} title="Live price">
			${error && html`<${Failure} error=${error} retry=${reload} />`}
			${value && html`<${LivePrice} read=${value} />`}
		</${Panel}>
	`
}

/** @param {{ read: ReadTicks }} props */
function LivePrice({ read: { ticks, fromMs, toMs } }) {
	const [pointed, setPointed] = useState(/** @type {PricePoint | undefined} */ (undefined))
	const { bars, latest } = ticks
	if (latest === undefined) return null
	const { price, at, source, stale } = latest
	const curve = curveOfBars(bars, price.currency, { fromMs, toMs }, secondMs)
	const extent = extentOf(curve)
	return html`
		<div class="prices">
			<p class="price-legend">
				${
					pointed
						? html`<strong>${pointText(pointed, price.currency)}</strong> at <${Time} at=${new Date(pointed.atMs).toISOString()} exact />`
						: html`<strong class="live-price">${formatMoney(price)}</strong> at <${Time} at=${at} exact />${source && ` from ${source}`} ${stale && html`<${StatusPill} state="silent" tone="warn" />`}`
				}
			</p>
			${
				extent === undefined
					? html`<${Empty} title="No price came in the last five minutes" />`
					: html`<${PriceChart} curve=${curve} label=${describe(extent, price)} onPoint=${setPointed} />`
			}
		</div>
	`
}

/**
 * @param {{ lowMinor: number, highMinor: number }} extent
 * @param {{ amountMinor: number, currency: string }} price
 */
function describe({ lowMinor, highMinor }, price) {
	const { currency } = price
	const [low, high] = [lowMinor, highMinor].map((amountMinor) => formatMoney({ amountMinor, currency }))
	return `Live price in the last five minutes: now ${formatMoney(price)}, at least ${low}, at most ${high}`
}

/**
 * @param {string} sku
 * @param {AbortSignal} signal
 * @returns {Promise<ReadTicks>}
 */
async function readTicks(sku, signal) {
	const toMs = Date.now()
	const fromMs = toMs - shownMs
	const query = { step: '1s', from: new Date(fromMs).toISOString(), pageSize: 500 }
	/** @type {Ticks} */
	const ticks = await readMarket(`/v1/ticks/${encodeURIComponent(sku)}`, { query, signal })
	return { ticks, fromMs, toMs }
}
