import type { Server } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { PageTokens } from '@mercat/service/page-token'
import type { Rpcs } from './grpc/rpc.ts'
import { inBytes } from './grpc/unary-bytes.ts'
import { importProducts } from './importing/import-products.ts'
import type { ImportStore } from './importing/import-store.ts'
import { archiveProduct } from './products/archive-product.ts'
import { batchGetProducts } from './products/batch-get-products.ts'
import { createProduct } from './products/create-product.ts'
import { getProduct } from './products/get-product.ts'
import type { ProductCache } from './products/product-cache.ts'
import type { ProductStore } from './products/product-store.ts'
import { unarchiveProduct } from './products/unarchive-product.ts'
import { updateProduct } from './products/update-product.ts'
import { searchProducts } from './search/search-products.ts'
import type { Cursor } from './search/search-request.ts'
import type { SearchStore } from './search/search-store.ts'

export type CatalogServiceDeps = {
	rpcs: Rpcs
	products: ProductStore
	search: SearchStore
	imports: ImportStore
	cache: ProductCache
	pageTokens: PageTokens<Cursor>
}

/** Has the server serve `CatalogService`, each method behind the scope that it needs. */
export function addCatalogService(server: Server, deps: CatalogServiceDeps): void {
	const { rpcs, products, search, imports, cache, pageTokens } = deps
	const handlers: CatalogServiceHandlers = {
		GetProduct: rpcs.open(getProduct(cache)),
		BatchGetProducts: rpcs.open(batchGetProducts(products)),
		SearchProducts: rpcs.open(searchProducts({ ...products, ...search, pageTokens })),
		CreateProduct: rpcs.scoped('catalog:write', createProduct(products)),
		UpdateProduct: rpcs.scoped('catalog:write', updateProduct(products)),
		ArchiveProduct: rpcs.scoped('catalog:write', archiveProduct(products)),
		UnarchiveProduct: rpcs.scoped('catalog:write', unarchiveProduct(products)),
		ImportProducts: rpcs.scopedStream('catalog:write', importProducts(imports)),
	}
	server.addService(inBytes(catalogPackage.CatalogService.service), handlers)
}
