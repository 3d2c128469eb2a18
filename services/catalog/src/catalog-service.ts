import type { Server } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import { inBytes } from '@mercat/grpc-service/request-bytes'
import type { Rpcs } from '@mercat/grpc-service/rpc'
import type { PageTokens } from '@mercat/service/page-token'
import { type FeedHandlersNeeds, feedHandlers } from './feed-handlers.ts'
import { countSkus } from './grpc/call-facts.ts'
import { importProducts } from './importing/import-products.ts'
import type { ImportStore } from './importing/import-store.ts'
import type { OpenedSearch } from './open-search.ts'
import { giveProducts } from './owners/give-products.ts'
import { type ListCursor, listProducts } from './owners/list-products.ts'
import type { OwnerStore } from './owners/owner-store.ts'
import { type PriceHandlersNeeds, priceHandlers } from './price-handlers.ts'
import { batchGetProducts } from './products/batch-get-products.ts'
import { createProduct } from './products/create-product.ts'
import { getProduct } from './products/get-product.ts'
import type { ProductCache } from './products/product-cache.ts'
import type { ProductStore } from './products/product-store.ts'
import { setArchived } from './products/set-archived.ts'
import { updateProduct } from './products/update-product.ts'
import { batchPageReads } from './search/batched-page-reads.ts'
import type { SearchCursor } from './search/request/search-cursor.ts'
import { searchProducts } from './search/search-products.ts'
import { type SearchHandlersNeeds, searchHandlers } from './search-handlers.ts'
import { type WatchHandlersNeeds, watchHandlers } from './watch-handlers.ts'

export type CatalogServiceNeeds = {
	rpcs: Rpcs
	products: ProductStore
	search: OpenedSearch
	imports: ImportStore
	owners: OwnerStore
	cache: ProductCache
	pageTokens: PageTokens<SearchCursor>
	listPageTokens: PageTokens<ListCursor>
	feedHandling: Omit<FeedHandlersNeeds, 'rpcs'>
	searchHandling: Omit<SearchHandlersNeeds, 'rpcs'>
	priceHandling: Omit<PriceHandlersNeeds, 'rpcs'>
	watchHandling: Omit<WatchHandlersNeeds, 'rpcs'>
}

/** Adds `CatalogService` to a server, each method behind the scope that it needs. */
export function addCatalogService(server: Server, needs: CatalogServiceNeeds): void {
	const { rpcs, products, search, imports, owners, cache, pageTokens, listPageTokens } = needs
	const handlers: CatalogServiceHandlers = {
		GetProduct: rpcs.open(
			getProduct({
				get: cache.get,
			}),
		),
		BatchGetProducts: rpcs.open(
			batchGetProducts({
				findProducts: products.findProducts,
			}),
			countSkus,
		),
		SearchProducts: rpcs.open(
			searchProducts({
				pageTokens,
				isIndexComplete: search.isIndexComplete,
				answer: search.answer,
				previousSearch: search.previousSearch,
				findProducts: batchPageReads(products.findProducts),
			}),
		),
		CreateProduct: rpcs.scoped(
			'catalog:write',
			createProduct({
				createProduct: products.createProduct,
			}),
		),
		UpdateProduct: rpcs.scoped(
			'catalog:write',
			updateProduct({
				changeProduct: products.changeProduct,
			}),
		),
		ArchiveProduct: rpcs.scoped(
			'catalog:write',
			setArchived({
				changeProduct: products.changeProduct,
				archived: true,
			}),
		),
		UnarchiveProduct: rpcs.scoped(
			'catalog:write',
			setArchived({
				changeProduct: products.changeProduct,
				archived: false,
			}),
		),
		ListProducts: rpcs.scoped(
			'catalog:write',
			listProducts({
				pageTokens: listPageTokens,
				listProducts: owners.listProducts,
			}),
		),
		GiveProducts: rpcs.scoped(
			'catalog:write',
			giveProducts({
				giveProducts: owners.giveProducts,
			}),
			countSkus,
		),
		...feedHandlers({ rpcs, ...needs.feedHandling }),
		...searchHandlers({ rpcs, ...needs.searchHandling }),
		...priceHandlers({ rpcs, ...needs.priceHandling }),
		...watchHandlers({ rpcs, ...needs.watchHandling }),
		ImportProducts: rpcs.scopedStream(
			'catalog:write',
			importProducts({
				readView: imports.readView,
				importTransaction: imports.importTransaction,
			}),
		),
	}
	server.addService(inBytes(catalogPackage.CatalogService.service), handlers)
}
