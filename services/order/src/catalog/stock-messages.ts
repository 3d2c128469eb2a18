import type { OrderReservation__Output } from '@mercat/catalog-api/messages/OrderReservation'
import type { StockLevel__Output } from '@mercat/catalog-api/messages/StockLevel'
import type { StockMovement__Output } from '@mercat/catalog-api/messages/StockMovement'
import { type Reservation, reservationStates } from '@mercat/order-api/reservation-schemas'
import { movementKinds, type StockLevel, type StockMovement } from '@mercat/order-api/stock-schemas'
import { toMoney } from './catalog-money.ts'
import { toIsoTime } from './catalog-time.ts'
import { invalidAnswer } from './failures/invalid-answer.ts'

/** @throws Problem CATALOG_ERROR when the catalog's answer is not the level of the product */
export function toLevel(level: StockLevel__Output | null | undefined, sku: string): StockLevel {
	if (level?.sku !== sku) throw invalidAnswer('with the stock of another product')
	const { onHand, held, available } = level
	return { sku, onHand, held, available }
}

/** @throws Problem CATALOG_ERROR when the catalog's message is no movement of stock */
export function toMovement({ createTime, ...movement }: StockMovement__Output): StockMovement {
	const { delta, cause, orderId, reason, who } = movement
	const kind = nameIn(movementKinds, movement.kind, 'STOCK_MOVEMENT_KIND_')
	return { kind, delta, cause, orderId: orderId || null, reason, who, at: toIsoTime(createTime) }
}

/** @throws Problem CATALOG_ERROR when the catalog's message is no reservation */
export function toReservation(reservation: OrderReservation__Output): Reservation {
	const { orderId, state, lines, total, expireTime, createTime, updateTime } = reservation
	return {
		orderId,
		state: nameIn(reservationStates, state, 'RESERVATION_STATE_'),
		lines: lines.map(({ sku, title, quantity, unitPrice }) => {
			if (unitPrice === null) throw invalidAnswer('a line without a price')
			return { sku, title, quantity, unitPrice: toMoney(unitPrice) }
		}),
		total: total && toMoney(total),
		expiresAt: expireTime && toIsoTime(expireTime),
		createdAt: toIsoTime(createTime),
		updatedAt: toIsoTime(updateTime),
	}
}

// The value of an enum, which begins with the name of its type.
function nameIn<Name extends string>(names: readonly Name[], value: string, prefix: string): Name {
	const found = names.find((name) => value === `${prefix}${name}`)
	if (found === undefined) throw invalidAnswer(`an unknown value: ${value}`)
	return found
}
