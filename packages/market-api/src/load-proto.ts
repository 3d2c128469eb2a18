import { loadPackageDefinition } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { loaderOptions } from '@mercat/catalog-api/loader-options'
import type { ProtoGrpcType } from './generated/market_service.ts'
import { marketProto } from './market-proto.ts'

export const marketPackageDefinition = loadSync(marketProto.files, loaderOptions)

const root = loadPackageDefinition(marketPackageDefinition) as unknown as ProtoGrpcType

/** The package `mercat.market.v1`: the definition of the service, and the constructor of its client. */
export const marketPackage = root.mercat.market.v1

/** The RPCs of the service. */
export const marketRpcs = marketPackage.MarketService.service
