/** @import { PriceBar, PriceHistory } from '@mercat/client' */
/** @import { PriceCurve } from './price-curve.js' */
/** @import { PriceRange } from './price-ranges.js' */
import { request } from '../../../api/request.js'
import { curveOfBars, curveOfPeriods } from './price-curve.js'
import { stepMs } from './price-ranges.js'

/**
 * The curve of a range. `step` is that of its bars, and missing where the curve has each price as it was. Of a range with too
 * many bars the curve has only the beginning, and `isCut` is true.
 *
 * @typedef {{ range: PriceRange, curve: PriceCurve, step?: PriceRange['step'], isCut: boolean, beginsAt: string }} ReadPrices
 */

const pageSize = 500
const mostPages = 20
const shortestRangeMs = 60_000
const dayMs = 86_400_000

/**
 * Reads the prices of a product: each one where they fit on a page, and else bars.
 *
 * @param {string} sku
 * @param {string} currency
 * @param {PriceRange} range
 * @param {AbortSignal} signal
 * @returns {Promise<ReadPrices>}
 */
export async function readPrices(sku, currency, range, signal) {
	const toMs = Date.now()
	const from = range.days === undefined ? undefined : new Date(toMs - range.days * dayMs).toISOString()
	/** @param {Record<string, string | undefined>} [query] @returns {Promise<PriceHistory>} */
	const readPage = async (query) => {
		const path = `/v1/products/${encodeURIComponent(sku)}/prices`
		return (await request('GET', path, { query: { from, pageSize, ...query }, signal })).body
	}

	const first = await readPage()
	const { beginsAt } = first
	const shown = { fromMs: Date.parse(from ?? beginsAt), toMs }
	if (from === undefined) shown.fromMs = Math.min(shown.fromMs, toMs - shortestRangeMs)
	const isExact = from !== undefined || Date.parse(beginsAt) >= Date.parse(first.exactSince)
	if (isExact && first.nextPageToken === '') {
		return { range, curve: curveOfPeriods(first.periods ?? [], currency, shown), isCut: false, beginsAt }
	}

	const { step } = range
	/** @type {PriceBar[]} */
	const bars = []
	let pageToken = ''
	for (let pages = 0; pages < mostPages; pages++) {
		const page = await readPage({ step, pageToken })
		bars.push(...(page.bars ?? []))
		pageToken = page.nextPageToken
		if (pageToken === '') break
	}
	const curve = curveOfBars(bars, currency, shown, stepMs[step])
	return { range, curve, step, isCut: pageToken !== '', beginsAt }
}
