/** @import { StockMovement } from '@mercat/client' */
/** @import { StockChange } from './stock-change.js' */
import { useEffect, useState } from 'preact/hooks'
import { toast } from '../../parts/toast.js'
import { changeText } from './stock-change.js'

/** A change of stock that was sent and whose outcome is not known. @typedef {{ change: StockChange, key: string }} UnsettledChange */

/**
 * The unsettled change of each product. The page keeps them beyond its screens: with its key a change is made once, and
 * without it a person would make it twice.
 *
 * @type {Map<string, UnsettledChange>}
 */
export const unsettledChanges = new Map()

/**
 * The unsettled change of a product. A movement with its key settles it, because the catalog keeps the key as the cause.
 *
 * @param {string} sku
 * @param {StockMovement[]} movements
 */
export function useUnsettledChange(sku, movements) {
	const [, redraw] = useState(0)
	const unsettled = unsettledChanges.get(sku)
	/** @param {UnsettledChange | undefined} next */
	const setUnsettled = (next) => {
		if (next === undefined) unsettledChanges.delete(sku)
		else unsettledChanges.set(sku, next)
		redraw((count) => count + 1)
	}
	useEffect(() => {
		if (unsettled === undefined || !movements.some(({ cause }) => cause === unsettled.key)) return
		setUnsettled(undefined)
		toast(`The ledger has the change: ${changeText(unsettled.change)}.`)
	}, [movements])
	return { unsettled, setUnsettled }
}
