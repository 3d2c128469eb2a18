/** @import { Column } from '../../../parts/data-table.js' */
/** @import { PriceCurve, PricePoint } from './price-curve.js' */
import { useMemo } from 'preact/hooks'
import { DataTable } from '../../../parts/data-table.js'
import { html } from '../../../parts/markup/html.js'
import { formatMoney } from '../../../parts/values/money.js'
import { Time } from '../../../parts/values/time.js'

/**
 * The prices of a curve in words, the newest first.
 *
 * @param {{ curve: PriceCurve }} props
 */
export function PriceTable({ curve }) {
	const { currency, points } = curve
	const rows = useMemo(() => points.toReversed(), [points])
	const columns = useMemo(() => columnsOf(currency), [currency])
	return html`
		<details class="price-table">
			<summary>As a table</summary>
			<${DataTable} label="Table of prices" columns=${columns} rows=${rows} rowKey=${(/** @type {PricePoint} */ { key }) => key} />
		</details>
	`
}

/** @param {string} currency @returns {Column<PricePoint>[]} */
function columnsOf(currency) {
	return [
		{ name: 'at', label: 'From', cell: ({ atMs }) => html`<${Time} at=${new Date(atMs).toISOString()} exact />` },
		{ name: 'price', label: 'Price', isWide: true, cell: (point) => pointText(point, currency) },
	]
}

/**
 * @param {PricePoint} point
 * @param {string} currency
 */
export function pointText({ amountMinor, band }, currency) {
	if (amountMinor === null) return 'in another currency'
	const text = formatMoney({ amountMinor, currency })
	if (band === undefined || band.lowMinor === band.highMinor) return text
	const { lowMinor, highMinor } = band
	return `${text}, between ${formatMoney({ amountMinor: lowMinor, currency })} and ${formatMoney({ amountMinor: highMinor, currency })}`
}
