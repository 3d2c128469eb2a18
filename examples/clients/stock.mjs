// Looks a product up over gRPC and books a delivery, with @mercat/catalog-api in Node 24.
//   MERCAT_TOKEN=… node stock.mjs localhost:50051 MUG-STONE-350
import { createCatalogClients } from '@mercat/catalog-api/client'
import { errorDetails } from '@mercat/catalog-api/errors'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { createRetryingCall } from '@mercat/catalog-api/retrying-call'

const [address = 'localhost:50051', sku = 'MUG-STONE-350'] = process.argv.slice(2)
const clients = createCatalogClients(address)
const call = createRetryingCall({ clients, token: () => process.env.MERCAT_TOKEN ?? '' })

const { product } = await call(catalogRpcs.GetProduct, { sku })
console.log(product.title, product.price.amountMinor, product.price.currencyCode)

// The request id makes a second attempt change nothing, so the call may make one.
const delivery = { sku, delta: 12, reason: 'delivery', requestId: 'delivery-4711' }
const { level } = await call(inventoryRpcs.AdjustStock, delivery, { budgetMs: 5_000 })
console.log('on hand', level.onHand)

await call(catalogRpcs.GetProduct, { sku: 'NOPE' }).catch((error) => console.log(errorDetails(error).reason))
clients.close()
