/** @import { Delivery } from '@mercat/client' */

/**
 * Renews the rows of a list, the newest first, without moving any: the row under the pointer stays where it is. A row that
 * the fresh ones lack stays as it was. Later pages are added at the end.
 *
 * @template {Pick<Delivery, 'id'>} T
 * @param {T[]} shown
 * @param {T[]} fresh
 * @returns {{ rows: T[], newer: number }} `newer` is how many rows would come before the first one
 */
export function steadyRows(shown, fresh) {
	const first = shown[0]
	const last = shown.at(-1)
	if (first === undefined || last === undefined) return { rows: fresh, newer: 0 }
	const freshById = new Map(fresh.map((row) => [row.id, row]))
	const older = fresh.filter(({ id }) => Number(id) < Number(last.id))
	return {
		rows: [...shown.map((row) => freshById.get(row.id) ?? row), ...older],
		newer: fresh.filter(({ id }) => Number(id) > Number(first.id)).length,
	}
}
