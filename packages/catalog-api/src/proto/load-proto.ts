import { loadPackageDefinition } from '@grpc/grpc-js'
import { loadSync, type MethodDefinition } from '@grpc/proto-loader'
import { protoPath as healthProto } from 'grpc-health-check'
import type { ProtoGrpcType as CatalogRoot } from '../generated/catalog_service.ts'
import type { ProtoGrpcType as InventoryRoot } from '../generated/inventory_service.ts'
import { loaderOptions } from './loader-options.ts'
import { catalogProto } from './proto-files.ts'

/** Both services of the catalog, and grpc.health.v1. */
export const catalogPackageDefinition = loadSync([...catalogProto.files, healthProto], loaderOptions)

type HealthRoot = { grpc: { health: { v1: { Health: { service: { Check: HealthCheck } } } } } }
type HealthCheck = MethodDefinition<{ service: string }, unknown, unknown, { status: string }>

const root = loadPackageDefinition(catalogPackageDefinition) as unknown as CatalogRoot & InventoryRoot & HealthRoot

/** The package `mercat.catalog.v1`: service definitions and client constructors. */
export const catalogPackage = root.mercat.catalog.v1

/** The RPCs of each service, for {@link callUnary}. */
export const catalogRpcs = catalogPackage.CatalogService.service
export const inventoryRpcs = catalogPackage.InventoryService.service
export const healthRpcs = root.grpc.health.v1.Health.service
