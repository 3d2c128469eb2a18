import { type ServiceError, status } from '@grpc/grpc-js'
import { errorDetailsMetadata } from '@mercat/catalog-api/errors'
import { DatabaseUnavailableError, OutOfTimeError } from '@mercat/database/errors'
import { CallError } from './call-error.ts'
import { GeneralError } from './general-error.ts'

/** Why a call failed, for the log; undefined when its deadline has passed. */
export function reasonOf(error: unknown): string | undefined {
	return error instanceof OutOfTimeError ? undefined : toCallError(error).reason
}

/** The status that answers a call which failed with `error`. Errors become statuses nowhere else. */
export function toServiceError(error: unknown): Partial<ServiceError> & Pick<ServiceError, 'code'> {
	if (error instanceof OutOfTimeError) return { code: status.DEADLINE_EXCEEDED, details: 'the deadline has passed' }
	const { reason, message, details, status: name } = toCallError(error)
	const code = status[name]
	return { code, details: message, metadata: errorDetailsMetadata(code, message, { reason, ...details }) }
}

function toCallError(error: unknown): CallError {
	if (error instanceof CallError) return error
	if (error instanceof DatabaseUnavailableError) return new GeneralError('DATABASE_UNAVAILABLE', { cause: error })
	return new GeneralError('INTERNAL', { cause: error })
}

/** Whether neither the caller nor its deadline explains the error. Such an error belongs in the log whole. */
export function isUnexpected(error: unknown): boolean {
	return !(error instanceof CallError || error instanceof OutOfTimeError)
}

/** Ends a stream with a status. Messages that were written before still reach the caller. */
export function failStream(call: { emit(event: 'error', error: Error): boolean }, answer: Partial<ServiceError>): void {
	call.emit('error', Object.assign(new Error(), answer))
}

/** The facts of a refusal for the log: neither the token nor the request. */
export function refusalFacts(error: unknown): Record<string, unknown> {
	if (!(error instanceof CallError)) return { status: status[toServiceError(error).code ?? status.UNKNOWN] }
	const why = error.cause instanceof Error ? error.cause.message : undefined
	return { reason: error.reason, text: error.message, why }
}
