/** @import { LowestPrice, Money, Product } from '@mercat/client' */

/**
 * A message of the stream. A change has one of `product`, `price` and `availableQuantity`. `changedAt` is missing for
 * quantities. `asOf` is missing while the catalog reads quantities anew.
 *
 * @typedef {Omit<Product, 'availableQuantity'>} ChangedProduct
 * @typedef {{ sku: string, changedAt?: string, product?: ChangedProduct, price?: Money, lowestPrice30d?: LowestPrice,
 *   availableQuantity?: number }} ProductChange
 * @typedef {{ changes: ProductChange[], asOf?: string }} ChangesMessage
 */

/**
 * A row of the list: what a product has become by a change, or where changes were missed.
 *
 * @typedef {{ key: string, sku: string, at: string } & (
 *   | { kind: 'product', product: ChangedProduct }
 *   | { kind: 'price', price: Money, lowestPrice30d?: LowestPrice | undefined }
 *   | { kind: 'quantity', availableQuantity: number }
 *   | { kind: 'missed', reason: string }
 * )} ChangeRow
 */

export const mostRows = 500
let latestKey = 0

/**
 * The rows of a message, the newest first.
 *
 * @param {ChangesMessage} message
 * @returns {ChangeRow[]}
 */
export function rowsOf({ changes, asOf }) {
	const at = asOf ?? new Date().toISOString()
	return changes.map((change) => rowOf(change, at)).toReversed()
}

/**
 * @param {string} reason
 * @returns {ChangeRow}
 */
export function missedRow(reason) {
	return { key: newKey(), sku: '', at: new Date().toISOString(), kind: 'missed', reason }
}

/**
 * A list with newer rows before it. The oldest ones go.
 *
 * @param {ChangeRow[]} rows
 * @param {ChangeRow[]} newer
 */
export function withNewer(rows, newer) {
	return newer.length === 0 ? rows : [...newer, ...rows].slice(0, mostRows)
}

/**
 * @param {ProductChange} change
 * @param {string} asOf
 * @returns {ChangeRow}
 */
function rowOf({ sku, changedAt, product, price, lowestPrice30d, availableQuantity = 0 }, asOf) {
	const row = { key: newKey(), sku, at: changedAt ?? asOf }
	if (product !== undefined) return { ...row, kind: 'product', product }
	if (price !== undefined) return { ...row, kind: 'price', price, lowestPrice30d }
	return { ...row, kind: 'quantity', availableQuantity }
}

function newKey() {
	return String(++latestKey)
}
