import { DatabaseUnavailableError, OutOfTimeError } from '@mercat/database/errors'
import { Problem } from '@mercat/rest-api/problem'
import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { FastifyError } from 'fastify'
import { fieldErrors } from './field-errors.ts'

const frameworkProblems: Record<string, ProblemCode> = {
	FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
	FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
	FST_ERR_MAX_PARAM_LENGTH: 'URI_TOO_LONG',
	FST_ERR_BAD_URL: 'NOT_FOUND',
}

/** The problem that a client is told for an error. */
export function toProblem(error: Error & Partial<FastifyError>): Problem {
	if (error instanceof Problem) return error
	if (error instanceof DatabaseUnavailableError) return new Problem('DATABASE_UNAVAILABLE', {}, { cause: error })
	if (error instanceof OutOfTimeError) return new Problem('REQUEST_TIMEOUT', {}, { cause: error })
	if (error.validation !== undefined) return new Problem('INVALID_REQUEST', { errors: fieldErrors(error) })
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
