import { fileURLToPath } from 'node:url'
import { loadPackageDefinition } from '@grpc/grpc-js'
import { loadSync, type Options } from '@grpc/proto-loader'
import type { ProtoGrpcType as CatalogRoot } from './generated/catalog_service.ts'
import type { ProtoGrpcType as InventoryRoot } from './generated/inventory_service.ts'
import { protoFiles, protoFolder } from './proto-files.ts'

// Must equal the flags that the types are generated with (scripts/generate-types.ts). An int64
// becomes a number: amounts and quantities are checked to be safe integers at every edge.
const loaderOptions: Options = {
	longs: Number,
	enums: String,
	defaults: true,
	oneofs: true,
	includeDirs: [fileURLToPath(protoFolder)],
}

/** What a server registers and what reflection shows. */
export const catalogPackageDefinition = loadSync(protoFiles, loaderOptions)

/** The package `mercat.catalog.v1`: service definitions and client constructors. */
export const catalogPackage = (
	loadPackageDefinition(catalogPackageDefinition) as unknown as CatalogRoot & InventoryRoot
).mercat.catalog.v1
