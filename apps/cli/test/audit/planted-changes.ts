// SQL that changes a healthy shop. Every order has 2 pieces of `sku` (`A-…`) and 1 piece of `otherSku` (`B-…`).

/** Sets the state of a reservation and changes nothing else. */
export const reservationIs = (id: string, state: string) =>
	`update reservation set state = '${state}' where order_id = '${id}'`

/** Adds to a column the quantities of this many orders. */
export const moveStock = (column: 'on_hand' | 'held', orders: number) =>
	`update stock set ${column} = ${column} + ${orders} * (case when sku like 'A-%' then 2 else 1 end)`

/** Deletes the movements of an order from the ledger. */
export const forget = (kind: 'commit' | 'return', id: string) =>
	`delete from stock_movement where kind = '${kind}' and cause = '${id}'`

/** Adds the movements of a sold order to the ledger. */
export const sell = (id: string) => `
	insert into stock_movement (sku, kind, cause, delta)
	select sku, 'commit', '${id}', case when sku like 'A-%' then -2 else -1 end from stock`

/** The finding for a constraint that the database no longer has. */
export const missing = (constraint: string) => `${constraint}: the constraint is missing`
