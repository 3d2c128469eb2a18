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
	RESUME_TOKEN_EXPIRED: status.OUT_OF_RANGE,
	STOCK_HELD: status.FAILED_PRECONDITION,
	FEED_NOT_FOUND: status.NOT_FOUND,
	FEED_RUN_ACTIVE: status.ABORTED,
	FEED_RUN_ENDED: status.ABORTED,
	HOLD_NOT_FOUND: status.NOT_FOUND,
	HOLD_CHANGED: status.ABORTED,
	UNAUTHENTICATED: status.UNAUTHENTICATED,
	SCOPE_MISSING: status.PERMISSION_DENIED,
	OVERLOADED: status.RESOURCE_EXHAUSTED,
	SHUTTING_DOWN: status.UNAVAILABLE,
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

/** Ends a stream with a status. Messages that were written before still reach the caller. */
export function failStream(call: { emit(event: 'error', error: Error): boolean }, answer: Partial<ServiceError>): void {
	call.emit('error', Object.assign(new Error(), answer))
}

/** The facts of a refusal for the log: neither the token nor the request. */
export function refusalFacts(error: unknown): Record<string, unknown> {
	if (!(error instanceof CatalogError)) return { status: status[toServiceError(error).code ?? status.UNKNOWN] }
	const why = error.cause instanceof Error ? error.cause.message : undefined
	return { reason: error.reason, text: error.message, why }
}
