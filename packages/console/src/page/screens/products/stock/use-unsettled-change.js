/** @import { StockChange } from './stock-change.js' */
import { useState } from 'preact/hooks'

/** A change of stock that was sent and whose outcome is not known. @typedef {{ change: StockChange, key: string }} UnsettledChange */

/**
 * The unsettled change of each product. The page keeps them beyond its screens: with its key a change is made once, and
 * without it a person would make it twice.
 *
 * @type {Map<string, UnsettledChange>}
 */
export const unsettledChanges = new Map()

/** @param {string} sku */
export function useUnsettledChange(sku) {
	const [, redraw] = useState(0)
	const unsettled = unsettledChanges.get(sku)
	/** @param {UnsettledChange | undefined} next */
	const setUnsettled = (next) => {
		if (next === undefined) unsettledChanges.delete(sku)
		else unsettledChanges.set(sku, next)
		redraw((count) => count + 1)
	}
	return { unsettled, setUnsettled }
}
