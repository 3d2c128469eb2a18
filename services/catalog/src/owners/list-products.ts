import type { ListedProduct as ListedProductMessage } from '@mercat/catalog-api/messages/ListedProduct'
import type { ListProductsRequest__Output as Request } from '@mercat/catalog-api/messages/ListProductsRequest'
import type { ListProductsResponse as Response } from '@mercat/catalog-api/messages/ListProductsResponse'
import { openPage } from '@mercat/grpc-service/open-page'
import type { Budget } from '@mercat/service/budget'
import { longPages } from '@mercat/service/page-sizes'
import type { PageTokens } from '@mercat/service/page-token'
import { checkSourceOrShop } from '../errors/identifiers.ts'
import { createPageBytes } from '../products/page-bytes.ts'
import { type Product, toProductMessage } from '../products/product.ts'

/** A product with its stock and the sources that own its parts; an empty one is the shop itself. */
export type OwnedProduct = Product & {
	onHand: number
	contentSource: string
	priceSource: string
	quantitySource: string
}

/** Where a page ended. */
export type ListCursor = { sku: string }

export type OwnedProductsPage = {
	/** Only products whose content belongs to this source; an empty one means all. */
	source: string
	/** The page begins after this sku. Undefined begins at the first. */
	after: string | undefined
	size: number
}

export type ListProductsNeeds = {
	pageTokens: PageTokens<ListCursor>
	/** By sku. */
	listProducts(page: OwnedProductsPage, budget: Budget): Promise<OwnedProduct[]>
}

// The largest products have 100 KB. So many of them are in memory at a time.
const mostRead = 100

/** One page of all products by sku, with their stock and their owners. */
export function listProducts({ pageTokens, listProducts }: ListProductsNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const { source } = request
		checkSourceOrShop('source', source)
		const asked = openPage(request, { pageTokens, of: [source], sizes: longPages })
		const { page, hasMore } = await readPage(asked.after?.sku, asked.size, (after, size) =>
			listProducts({ source, after, size }, budget),
		)
		const last = hasMore ? page.at(-1)?.product?.sku : undefined
		return { products: page, nextPageToken: asked.tokenAfter(last === undefined ? undefined : { sku: last }) }
	}
}

/** A page that fits into one message. A page of large products may be shorter than asked for (AIP-158). */
async function readPage(
	start: string | undefined,
	pageSize: number,
	read: (after: string | undefined, size: number) => Promise<OwnedProduct[]>,
): Promise<{ page: ListedProductMessage[]; hasMore: boolean }> {
	const page: ListedProductMessage[] = []
	const bytes = createPageBytes()
	for (let after = start; ; ) {
		// One more than the page has tells whether another page follows.
		const size = Math.min(pageSize + 1 - page.length, mostRead)
		const products = await read(after, size)
		for (const product of products) {
			const message = toListedMessage(product)
			if (page.length === pageSize || !bytes.add(message)) return { page, hasMore: true }
			page.push(message)
			after = product.sku
		}
		if (products.length < size) return { page, hasMore: false }
	}
}

function toListedMessage(product: OwnedProduct): ListedProductMessage {
	const { onHand, contentSource, priceSource, quantitySource } = product
	return { product: toProductMessage(product), onHand, contentSource, priceSource, quantitySource }
}
