/** @import { Order } from '@mercat/client' */

/** A page of the API. `searchedTo` is there when a filter looked at its most orders. @typedef {{ orders: Order[], nextPageToken: string, searchedTo?: string }} OrderPage */

/**
 * The orders on the screen. `waiting` is how many newer ones are not shown yet, and `waitingIsAll` tells that there may be
 * more than those.
 *
 * @typedef {OrderPage & { pages: number, waiting: number, waitingIsAll: boolean }} OrderList
 */

/**
 * @param {OrderPage} page
 * @returns {OrderList}
 */
export function firstPage(page) {
	return { ...page, pages: 1, waiting: 0, waitingIsAll: false }
}

/**
 * The list with the page after its last one.
 *
 * @param {OrderList} list
 * @param {OrderPage} page
 * @returns {OrderList}
 */
export function withOlder(list, { orders, nextPageToken, searchedTo }) {
	return { ...list, orders: [...list.orders, ...orders], nextPageToken, searchedTo, pages: list.pages + 1 }
}

/**
 * The list after the newest page was read again. A list that is held keeps its rows in their places: their states are
 * renewed, and newer orders are counted. The same list comes back when nothing has changed, so that nothing is drawn.
 *
 * @param {OrderList} list
 * @param {OrderPage} newest
 * @param {boolean} isHeld
 * @returns {OrderList}
 */
export function withNewest(list, newest, isHeld) {
	const known = new Map(list.orders.map((order) => [order.id, order]))
	const read = newest.orders.map((order) => keepUnchanged(known.get(order.id), order))
	if (!isHeld) {
		const isSame =
			list.pages === 1 && list.waiting === 0 && list.searchedTo === newest.searchedTo && sameRows(list.orders, read)
		return isSame ? list : firstPage({ ...newest, orders: read })
	}
	const renewed = new Map(read.map((order) => [order.id, order]))
	const orders = list.orders.map((order) => renewed.get(order.id) ?? order)
	const waiting = read.filter(({ id }) => !known.has(id)).length
	const waitingIsAll = waiting > 0 && waiting === read.length && list.orders.length > 0
	if (waiting === list.waiting && sameRows(orders, list.orders)) return list
	return { ...list, orders, waiting, waitingIsAll }
}

/**
 * @param {Order | undefined} known
 * @param {Order} read
 */
function keepUnchanged(known, read) {
	return known !== undefined && known.version === read.version ? known : read
}

/**
 * @param {Order[]} one
 * @param {Order[]} other
 */
function sameRows(one, other) {
	return one.length === other.length && one.every((order, index) => order === other[index])
}
