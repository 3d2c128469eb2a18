import { categoryParts } from '@mercat/catalog-api/categories'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { ListedProduct__Output } from '@mercat/catalog-api/messages/ListedProduct'
import type { ListProductsResponse__Output } from '@mercat/catalog-api/messages/ListProductsResponse'
import type { WrittenProduct } from '@mercat/product-files/written-product'
import { isServiceError } from '../catalog/call-error.ts'
import type { CatalogConnection } from '../catalog/catalog-connection.ts'
import { explainCallError } from '../catalog/explain-call-error.ts'
import { CommandError } from '../command/command-error.ts'

const pageSize = 500
const timeoutMs = 30_000

/**
 * All products of the catalog that are not archived, by sku.
 *
 * @throws CommandError when the catalog does not answer
 */
export async function* listProducts(
	connection: CatalogConnection,
	nextToken: () => string,
): AsyncGenerator<WrittenProduct> {
	let pageToken = ''
	do {
		const page = await readPage(connection, nextToken(), pageToken)
		for (const listed of page.products) if (isForSale(listed)) yield toWritten(listed)
		pageToken = page.nextPageToken
	} while (pageToken !== '')
}

async function readPage(
	connection: CatalogConnection,
	token: string,
	pageToken: string,
): Promise<ListProductsResponse__Output> {
	try {
		return await callUnary(connection.catalog, catalogRpcs.ListProducts, { pageSize, pageToken }, { timeoutMs, token })
	} catch (error) {
		if (!isServiceError(error)) throw error
		throw new CommandError(await explainCallError(error, connection), { cause: error })
	}
}

function isForSale({ product }: ListedProduct__Output): boolean {
	return product !== null && product.state !== 'STATE_ARCHIVED'
}

// What older versions have stored as the catalog no longer keeps it: import would make other products of it.
function toWritten({ product, onHand }: ListedProduct__Output): WrittenProduct {
	const { sku = '', title = '', description = '', brand = '', category = '', group = '' } = product ?? {}
	return {
		sku,
		title: title.trim(),
		description: description.trim(),
		brand: brand.trim(),
		category: categoryParts(category)
			.filter((part) => part !== '')
			.join('/'),
		group,
		price: { currencyCode: product?.price?.currencyCode ?? '', amountMinor: product?.price?.amountMinor ?? 0 },
		onHand,
		imageUrls: product?.imageUrls ?? [],
		attributes: tidyAttributes(product?.attributes ?? {}),
	}
}

function tidyAttributes(attributes: Record<string, string>): Record<string, string> {
	const tidy = new Map<string, string>()
	for (const [padded, value] of Object.entries(attributes)) {
		const name = padded.trim()
		if (value.trim() !== '' && (padded === name || !Object.hasOwn(attributes, name))) tidy.set(name, value.trim())
	}
	return Object.fromEntries([...tidy].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
