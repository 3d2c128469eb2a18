import { type ServiceError, status } from '@grpc/grpc-js'
import { errorDetails } from '@mercat/catalog-api/errors'
import { oneLine } from '../command/one-line.ts'

export function isServiceError(error: unknown): error is ServiceError {
	return error instanceof Error && 'code' in error && 'details' in error && 'metadata' in error
}

/** Describes a failed call to the catalog in one line for the user. */
export function describeCallError(error: ServiceError, target: string): string {
	const address = target.replace(/^dns:(\/\/\/)?/, '')
	const { reason, metadata } = errorDetails(error)
	switch (error.code) {
		case status.UNAVAILABLE:
		case status.CANCELLED:
		case status.DEADLINE_EXCEEDED:
			return `the catalog at ${address} does not answer: ${plainReason(error.details)}`
		case status.UNAUTHENTICATED:
			return `the catalog at ${address} refuses the token: MERCAT_TOKEN must be a token of this catalog, or JWT_SECRET its secret`
		case status.PERMISSION_DENIED:
			return `the catalog at ${address} refuses the token, which lacks the scope ${metadata?.['scope'] ?? ''}`
		default:
			return `the catalog at ${address} answered ${status[error.code]}${reason ? ` ${reason}` : ''}: ${error.details}`
	}
}

// The texts are those of grpc-js. It wraps the error of a socket: "… Last error: Error: connect ECONNREFUSED 127.0.0.1:1.
// Resolution note: …".
function plainReason(details: string): string {
	if (/^Deadline exceeded/i.test(details)) return 'nothing came in time'
	if (/^Name resolution failed/i.test(details)) return 'its name has no address'
	return /Error(?: \[\w+\])?: (.+?)\.* Resolution note/.exec(details)?.[1] ?? oneLine(details)
}
