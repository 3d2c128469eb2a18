// A catalog that answers every GetProduct with the same message.
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { GetProductResponse } from '@mercat/catalog-api/messages/GetProductResponse'
import { peerSettings } from './peer-settings.ts'
import { serveGrpc } from './serve-grpc.ts'

export type ConstantCatalogSettings = { response: GetProductResponse }

const { response } = peerSettings<ConstantCatalogSettings>()

const handlers: Pick<CatalogServiceHandlers, 'GetProduct'> = {
	GetProduct: (_call, callback) => callback(null, response),
}
await serveGrpc({ GetProduct: catalogRpcs.GetProduct }, handlers)
