import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { Database } from '@mercat/database/database'
import { createPageTokens } from '@mercat/service/page-token'
import { archiveProduct } from './archive-product.ts'
import { batchGetProducts } from './batch-get-products.ts'
import { createProduct } from './create-product.ts'
import { getProduct } from './get-product.ts'
import { importProducts } from './import-products.ts'
import { createImportStore } from './import-store.ts'
import { createProductStore } from './product-store.ts'
import type { Rpcs } from './rpc.ts'
import { searchProducts } from './search-products.ts'
import type { Cursor } from './search-request.ts'
import { createSearchStore } from './search-store.ts'
import { unarchiveProduct } from './unarchive-product.ts'
import { updateProduct } from './update-product.ts'

export type CatalogServiceDeps = { database: Database; rpcs: Rpcs; pageTokenKey: string }

export function catalogServiceHandlers({ database, rpcs, pageTokenKey }: CatalogServiceDeps): CatalogServiceHandlers {
	const products = createProductStore(database)
	const search = createSearchStore(database)
	const imports = createImportStore(database)
	const pageTokens = createPageTokens<Cursor>(pageTokenKey)
	return {
		GetProduct: rpcs.open(getProduct(products)),
		BatchGetProducts: rpcs.open(batchGetProducts(products)),
		SearchProducts: rpcs.open(searchProducts({ ...products, ...search, pageTokens })),
		CreateProduct: rpcs.scoped('catalog:write', createProduct(products)),
		UpdateProduct: rpcs.scoped('catalog:write', updateProduct(products)),
		ArchiveProduct: rpcs.scoped('catalog:write', archiveProduct(products)),
		UnarchiveProduct: rpcs.scoped('catalog:write', unarchiveProduct(products)),
		ImportProducts: rpcs.scopedStream('catalog:write', importProducts(imports)),
	}
}
