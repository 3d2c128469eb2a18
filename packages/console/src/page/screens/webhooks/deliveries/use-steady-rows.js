/** @import { Delivery } from '@mercat/client' */
import { useCallback, useRef } from 'preact/hooks'
import { steadyRows } from './steady-rows.js'

/**
 * The rows to show of a list that is read again and again. They move only after `renew`, or with another `list`.
 *
 * @param {Delivery[]} fresh
 * @param {string} list tells one list from another
 */
export function useSteadyRows(fresh, list) {
	const shown = useRef({ list, rows: /** @type {Delivery[]} */ ([]), newer: 0 })
	const seen = useRef(fresh)
	const isRenewed = useRef(false)
	if (shown.current.list !== list || seen.current !== fresh) {
		const keeps = shown.current.list === list && !isRenewed.current && fresh.length > 0
		shown.current = { list, ...steadyRows(keeps ? shown.current.rows : [], fresh) }
		seen.current = fresh
		isRenewed.current = false
	}
	const renew = useCallback(() => {
		isRenewed.current = true
	}, [])
	/** Shows a delivery as an answer has told it, also when the list has it no more. */
	const replace = useCallback((/** @type {Delivery} */ delivery) => {
		const { rows } = shown.current
		shown.current = { ...shown.current, rows: rows.map((row) => (row.id === delivery.id ? delivery : row)) }
	}, [])
	return { rows: shown.current.rows, newer: shown.current.newer, renew, replace }
}
