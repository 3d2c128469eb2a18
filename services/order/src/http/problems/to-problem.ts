import { DatabaseUnavailableError, OutOfTimeError } from '@mercat/database/errors'
import { type FieldError, Problem } from '@mercat/order-api/problem'
import type { ProblemCode } from '@mercat/order-api/problem-table'
import type { FastifyError } from 'fastify'

const frameworkProblems: Record<string, ProblemCode> = {
	FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
	FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
	FST_ERR_MAX_PARAM_LENGTH: 'URI_TOO_LONG',
	FST_ERR_BAD_URL: 'NOT_FOUND',
}

// More than the fields of a full order: a longer list helps nobody to correct a request.
const mostErrors = 500

/** The problem that a client is told for an error. */
export function toProblem(error: Error & Partial<FastifyError>): Problem {
	if (error instanceof Problem) return error
	if (error instanceof DatabaseUnavailableError) return new Problem('DATABASE_UNAVAILABLE', {}, { cause: error })
	if (error instanceof OutOfTimeError) return new Problem('REQUEST_TIMEOUT', {}, { cause: error })
	if (error.validation !== undefined)
		return new Problem('INVALID_REQUEST', { errors: error.validation.slice(0, mostErrors).map(toFieldError) })
	const code = frameworkProblems[error.code ?? '']
	if (code !== undefined) return new Problem(code, {}, { cause: error })
	// Fastify's other errors of 400 are about a body that is no JSON.
	if (error.statusCode === 400) {
		return new Problem('INVALID_REQUEST', {
			errors: [{ pointer: '#', code: 'syntax', detail: 'The body is not the JSON that its headers announce.' }],
		})
	}
	return new Problem(
		'INTERNAL',
		{},
		{ cause: error, detail: 'An unexpected error; it has been logged under this trace id.' },
	)
}

type ValidationError = NonNullable<FastifyError['validation']>[number]

function toFieldError({ keyword, instancePath, params, message }: ValidationError): FieldError {
	const place = params['missingProperty'] ?? params['additionalProperty'] ?? params['propertyName']
	const pointer =
		place === undefined ? instancePath : `${instancePath}/${escapePointer(String(place)).slice(0, longestPlace)}`
	return { pointer: `#${pointer}`, code: keyword, detail: detailOf(params, message) }
}

// The text of the validator for a list of values does not name them.
function detailOf({ allowedValues }: ValidationError['params'], message = 'is not valid'): string {
	return Array.isArray(allowedValues) ? `must be one of ${allowedValues.join(', ')}` : message
}

const longestPlace = 100

// RFC 6901, section 3. Halves of surrogate pairs are replaced.
function escapePointer(key: string): string {
	return key.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')
}
