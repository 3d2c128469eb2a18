import type { ReservationRequest__Output } from '@mercat/catalog-api/messages/ReservationRequest'
import type { ReserveStockRequest__Output } from '@mercat/catalog-api/messages/ReserveStockRequest'
import type { ReserveStockResponse } from '@mercat/catalog-api/messages/ReserveStockResponse'
import { products } from '../running/shop.ts'

const productsBySku = new Map(products.map((product) => [product.sku, product]))

/** Returns the only reservation of a request. */
export function onlyReservation({ reservations }: ReserveStockRequest__Output): ReservationRequest__Output {
	const [reservation] = reservations
	if (reservation === undefined) throw new TypeError('no reservation')
	return reservation
}

/** Builds the response of the catalog, with titles and prices from memory. */
export function pricedReservation({ orderId, lines }: ReservationRequest__Output): ReserveStockResponse {
	const priced = lines.map(({ sku, quantity }) => {
		const product = productsBySku.get(sku)
		if (product === undefined) throw new TypeError(`no product ${sku}`)
		return { sku, quantity, title: product.title, unitPrice: product.price }
	})
	const amountMinor = priced.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amountMinor, 0)
	const total = { currencyCode: 'EUR', amountMinor }
	return { results: [{ orderId, reservation: { state: 'RESERVATION_STATE_HELD', lines: priced, total } }] }
}
