import { randomUUID } from 'node:crypto'
import type { ProductList } from '@mercat/order-api/product-schemas'
import type { Caller } from '../sending/callers.ts'
import { type Answer, foreignAnswer, type LoadClient } from '../sending/load-client.ts'
import type { Tally } from '../sending/load-counts.ts'
import type { Shelf, ShelfProduct } from './shelf.ts'

export type StockClerkNeeds = {
	client: Pick<LoadClient, 'send'>
	/** Whose token changes the stock. */
	staff: Caller
	shelf: Shelf
	tally: Tally
	ratePerSecond: number
	note(text: string): void
	heard(answer: Answer): void
}

const pageSize = 100
const mostPages = 3

// A product that is low is stocked up for so long, if all products sell alike.
const stockUpS = 120
const unitsOfOrder = 5
const leastUnits = 100
const mostLeftSoldOut = 5

/**
 * Returns a function that reads the products and fills the shelf with them. It stocks up products that are low, as far as
 * the token may: else the load would sell the demo catalog out within minutes. A few products that were sold out when the
 * load began stay so.
 */
export function createStockClerk({ client, staff, shelf, tally, ratePerSecond, note, heard }: StockClerkNeeds) {
	let mayRestock = true
	let wasEmpty = false
	let leftSoldOut: Set<string> | undefined

	return async (): Promise<void> => {
		const products = await readProducts()
		if (products === undefined) return
		leftSoldOut ??= soldOutOf(products)
		shelf.fill(mayRestock ? await restock(products, leftSoldOut) : products)
		const isEmpty = shelf.inStock() === 0
		if (isEmpty && !wasEmpty)
			note(`${products.length === 0 ? 'the catalog has no products' : 'every product is sold out'}: trying again`)
		wasEmpty = isEmpty
	}

	function soldOutOf(products: ShelfProduct[]): Set<string> {
		const soldOut = products.filter(({ availableQuantity }) => availableQuantity === 0)
		return new Set(soldOut.slice(0, mostLeftSoldOut).map(({ sku }) => sku))
	}

	async function readProducts(): Promise<ShelfProduct[] | undefined> {
		const products: ShelfProduct[] = []
		let pageToken = ''
		for (let page = 0; page < mostPages && (page === 0 || pageToken !== ''); page++) {
			const query = new URLSearchParams({ pageSize: String(pageSize), pageToken })
			const answer = await client.send({ method: 'GET', path: `/v1/products?${query}` })
			const list = answer.kind === 'done' ? (answer.body as Partial<ProductList>) : undefined
			heard(list !== undefined && !Array.isArray(list.products) ? foreignAnswer(200) : answer)
			if (!Array.isArray(list?.products)) return undefined
			products.push(...list.products)
			pageToken = list.nextPageToken ?? ''
		}
		return products
	}

	/** The products with the stock that they have afterwards. */
	async function restock(products: ShelfProduct[], left: Set<string>): Promise<ShelfProduct[]> {
		const units = Math.max(leastUnits, Math.ceil((unitsOfOrder * ratePerSecond * stockUpS) / products.length))
		const stocked: ShelfProduct[] = []
		for (const product of products) {
			const isLow = product.availableQuantity < units / 2 && !left.has(product.sku)
			const added = isLow && mayRestock && (await adjust(product.sku, units))
			stocked.push(added ? { ...product, availableQuantity: product.availableQuantity + units } : product)
		}
		return stocked
	}

	async function adjust(sku: string, delta: number): Promise<boolean> {
		const answer = await client.send({
			method: 'POST',
			path: `/v1/stock/${encodeURIComponent(sku)}/adjust`,
			caller: staff,
			idempotencyKey: randomUUID(),
			body: { delta, reason: 'mercat demo-load' },
		})
		if (answer.kind === 'done') tally.counts.restocked++
		else if (answer.kind === 'refused' && (answer.status === 403 || answer.status === 404)) {
			mayRestock = false
			note(`the token may not change stock (${answer.code}): the products will sell out`)
		}
		return answer.kind === 'done'
	}
}
