import { type ServiceError, status } from '@grpc/grpc-js'
import { errorDetailsMetadata } from '@mercat/catalog-api/errors'
import { DatabaseUnavailableError, OutOfTimeError } from '@mercat/database/errors'
import { CatalogError, type ErrorReason } from '../errors/catalog-error.ts'

const statusByReason: Record<ErrorReason, status> = {
	INVALID_REQUEST: status.INVALID_ARGUMENT,
	PAGE_TOKEN_INVALID: status.INVALID_ARGUMENT,
	PRODUCT_NOT_FOUND: status.NOT_FOUND,
	PRODUCT_EXISTS: status.ALREADY_EXISTS,
	ETAG_MISMATCH: status.ABORTED,
	STOCK_HELD: status.FAILED_PRECONDITION,
	UNAUTHENTICATED: status.UNAUTHENTICATED,
	SCOPE_MISSING: status.PERMISSION_DENIED,
	OVERLOADED: status.RESOURCE_EXHAUSTED,
	DATABASE_UNAVAILABLE: status.UNAVAILABLE,
	INTERNAL: status.INTERNAL,
}

/** Why a call failed, for the log; undefined when its deadline has passed. */
export function reasonOf(error: unknown): ErrorReason | undefined {
	return error instanceof OutOfTimeError ? undefined : toCatalogError(error).reason
}

/** The status that answers a call which failed with `error`. Errors become statuses nowhere else. */
export function toServiceError(error: unknown): Partial<ServiceError> & Pick<ServiceError, 'code'> {
	if (error instanceof OutOfTimeError) return { code: status.DEADLINE_EXCEEDED, details: 'the deadline has passed' }
	const { reason, message, details } = toCatalogError(error)
	const code = statusByReason[reason]
	return { code, details: message, metadata: errorDetailsMetadata(code, message, { reason, ...details }) }
}

function toCatalogError(error: unknown): CatalogError {
	if (error instanceof CatalogError) return error
	if (error instanceof DatabaseUnavailableError) return new CatalogError('DATABASE_UNAVAILABLE', { cause: error })
	return new CatalogError('INTERNAL', { cause: error })
}

/** Whether neither the caller nor its deadline explains the error. Such an error belongs in the log whole. */
export function isUnexpected(error: unknown): boolean {
	return !(error instanceof CatalogError || error instanceof OutOfTimeError)
}
