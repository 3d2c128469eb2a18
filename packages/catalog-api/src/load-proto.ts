import { fileURLToPath } from 'node:url'
import { loadPackageDefinition } from '@grpc/grpc-js'
import { loadSync, type MethodDefinition, type Options } from '@grpc/proto-loader'
import { protoPath as healthProto } from 'grpc-health-check'
import type { ProtoGrpcType as CatalogRoot } from './generated/catalog_service.ts'
import type { ProtoGrpcType as InventoryRoot } from './generated/inventory_service.ts'
import { protoFiles, protoFolder } from './proto-files.ts'

// Must equal the flags in scripts/generate-types.ts, which generates the types. An int64 becomes a number, because
// both services accept only amounts and quantities that are safe integers.
const loaderOptions: Options = {
	longs: Number,
	enums: String,
	defaults: true,
	oneofs: true,
	includeDirs: [fileURLToPath(protoFolder)],
}

/** Both services of the catalog, and grpc.health.v1. */
export const catalogPackageDefinition = loadSync([...protoFiles, healthProto], loaderOptions)

type HealthRoot = { grpc: { health: { v1: { Health: { service: { Check: HealthCheck } } } } } }
type HealthCheck = MethodDefinition<{ service: string }, unknown, unknown, { status: string }>

const root = loadPackageDefinition(catalogPackageDefinition) as unknown as CatalogRoot & InventoryRoot & HealthRoot

/** The package `mercat.catalog.v1`: service definitions and client constructors. */
export const catalogPackage = root.mercat.catalog.v1

/** The RPCs of each service, for {@link callUnary}. */
export const catalogRpcs = catalogPackage.CatalogService.service
export const inventoryRpcs = catalogPackage.InventoryService.service
export const healthRpcs = root.grpc.health.v1.Health.service
