import { generalErrors } from '../../packages/grpc-service/src/errors/general-error.ts'
import { catalogErrors } from '../../services/catalog/src/errors/catalog-error.ts'
import { marketErrors } from '../../services/market/src/errors/market-error.ts'

/** What callers over gRPC can be told, by reason: the errors of all services. */
export const grpcErrors = { ...generalErrors, ...catalogErrors, ...marketErrors }
