import type { ProductChange__Output } from '@mercat/catalog-api/messages/ProductChange'
import type { WatchProductsResponse__Output } from '@mercat/catalog-api/messages/WatchProductsResponse'
import { toMoney } from '../catalog/catalog-money.ts'
import { toIsoTime } from '../catalog/catalog-time.ts'
import { invalidAnswer } from '../catalog/failures/invalid-answer.ts'
import { toLowestPrice, toProductView } from '../products/product-view.ts'

/** A change of a product as the API tells it. */
export type ToldChange = {
	sku: string
	/** JSON. */
	text: string
	/** Of quantities only the latest counts. Any other change comes once in a watch, and is the same in every watch. */
	isQuantity: boolean
}

/** A message of the catalog: changes in their order, and what a reader has once it has them. */
export type ToldMessage = {
	changes: readonly ToldChange[]
	/** Where a watch goes on after this message. */
	token: string
	/** The place in the log of changes until which everything is told. */
	position: number
	/** A time in ISO 8601. Missing while quantities are read anew. */
	asOf: string | undefined
	asOfMs: number | undefined
	/** About how much memory it takes. */
	bytes: number
}

const bytesOfMessage = 400
const bytesOfChange = 150

/** @throws Problem CATALOG_ERROR when the catalog's message breaks its contract */
export function toToldMessage(message: WatchProductsResponse__Output): ToldMessage {
	const { resumeToken: token, position } = message
	const asOf = message.asOf === null ? undefined : toIsoTime(message.asOf)
	// A catalog of a later version may have kinds of changes that are not of this API.
	const changes = message.changes.filter(({ change }) => change !== undefined).map(toToldChange)
	const bytes = changes.reduce((sum, { text }) => sum + bytesOfChange + 2 * text.length, bytesOfMessage)
	return { changes, token, position, asOf, asOfMs: asOf === undefined ? undefined : Date.parse(asOf), bytes }
}

function toToldChange(change: ProductChange__Output): ToldChange {
	const { sku, changeTime } = change
	const text = JSON.stringify({ sku, ...bodyOf(change), ...(changeTime && { changedAt: toIsoTime(changeTime) }) })
	return { sku, text, isQuantity: change.change === 'availableQuantity' }
}

function bodyOf({ product, price, availableQuantity }: ProductChange__Output): object {
	if (product) {
		// Quantities are told apart.
		const { availableQuantity: _untold, ...told } = toProductView(product)
		return { product: told }
	}
	if (price?.price) return { price: toMoney(price.price), ...toLowestPrice(price.lowestPrice30d) }
	if (availableQuantity === undefined) throw invalidAnswer('a change of nothing')
	return { availableQuantity }
}
