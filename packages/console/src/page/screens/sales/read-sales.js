/** @import { SalesRowView, SalesView } from '@mercat/market-api/sales-schemas' */
/** @import { SalesBy, SalesRange } from './sales-ranges.js' */
import { readMarket } from '../../api/market.js'

/**
 * The sales of one key in one currency, over all steps.
 *
 * @typedef {{ key: string, currency: string, orders: number, quantity: number, amountMinor: number }} SalesTotal
 */

/**
 * The totals of a range, the largest first. With `isCut` there were more rows than the page reads.
 *
 * @typedef {{ totals: SalesTotal[], foldedThrough: string | null, isCut: boolean }} ReadSales
 */

const pageSize = 500
const mostPages = 10

/**
 * Reads what orders have sold.
 *
 * @param {SalesBy} by
 * @param {SalesRange} range
 * @param {AbortSignal} signal
 * @returns {Promise<ReadSales>}
 */
export async function readSales(by, { ms, step }, signal) {
	const from = new Date(Date.now() - ms).toISOString()
	/** @type {Map<string, SalesTotal>} */
	const totals = new Map()
	let pageToken = ''
	for (let pages = 0; pages < mostPages; pages++) {
		/** @type {SalesView} */
		const page = await readMarket('/v1/sales', { query: { by, step, from, pageSize, pageToken }, signal })
		for (const row of page.rows) add(totals, by, row)
		pageToken = page.nextPageToken
		if (pageToken === '') return { totals: inOrder(totals), foldedThrough: page.foldedThrough, isCut: false }
	}
	return { totals: inOrder(totals), foldedThrough: null, isCut: true }
}

/**
 * @param {Map<string, SalesTotal>} totals
 * @param {SalesBy} by
 * @param {SalesRowView} row
 */
function add(totals, by, row) {
	const key = row[by] ?? ''
	const { currency, amountMinor } = row.amount
	const name = `${currency} ${key}`
	const total = totals.get(name) ?? { key, currency, orders: 0, quantity: 0, amountMinor: 0 }
	totals.set(name, {
		...total,
		orders: total.orders + row.orders,
		quantity: total.quantity + row.quantity,
		amountMinor: total.amountMinor + amountMinor,
	})
}

/** @param {Map<string, SalesTotal>} totals */
function inOrder(totals) {
	return [...totals.values()].sort((a, b) => b.amountMinor - a.amountMinor || a.key.localeCompare(b.key))
}
