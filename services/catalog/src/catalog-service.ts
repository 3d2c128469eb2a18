import type { Server } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { PageTokens } from '@mercat/service/page-token'
import { archiveProduct } from './archive-product.ts'
import { batchGetProducts } from './batch-get-products.ts'
import { createProduct } from './create-product.ts'
import { getProduct } from './get-product.ts'
import { importProducts } from './import-products.ts'
import type { ImportStore } from './import-store.ts'
import type { ProductCache } from './product-cache.ts'
import type { ProductStore } from './product-store.ts'
import type { Rpcs } from './rpc.ts'
import { searchProducts } from './search-products.ts'
import type { Cursor } from './search-request.ts'
import type { SearchStore } from './search-store.ts'
import { unarchiveProduct } from './unarchive-product.ts'
import { inBytes } from './unary-bytes.ts'
import { updateProduct } from './update-product.ts'

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
