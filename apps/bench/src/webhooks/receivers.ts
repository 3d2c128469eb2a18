import { serveHttp } from '../running/serve-http.ts'
import { createDeliveryLedger } from './delivery-ledger.ts'
import { createReceiverServer } from './receiver-server.ts'

await serveHttp('receivers', createReceiverServer(createDeliveryLedger()))
