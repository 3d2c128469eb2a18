import type { TSchema } from '@sinclair/typebox'
import Ajv, { type Options } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'

// Bodies are taken as they are: no conversion, no dropped member, no default.
const strict: Options = { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true }
// A query has only texts, so they are converted to numbers and booleans. One value of a list parameter becomes a list.
const lenient: Options = { coerceTypes: 'array', removeAdditional: false, useDefaults: true, allErrors: true }

function createAjv(options: Options, sharedSchemas: readonly TSchema[]): Ajv.default {
	// For a fast start: `validateSchema` would compile the schema of schemas, and a wrong schema fails to compile anyway.
	const ajv = new Ajv.default({ ...options, keywords: ['example'], validateSchema: false, meta: false })
	addFormats.default(ajv)
	for (const schema of sharedSchemas) ajv.addSchema(schema)
	return ajv
}

/**
 * Validates the body strictly and the other parts of a request leniently.
 *
 * @param sharedSchemas those that other schemas refer to by their `$id`
 */
export function createValidatorCompiler(sharedSchemas: readonly TSchema[]): FastifySchemaCompiler<object> {
	const bodies = createAjv(strict, sharedSchemas)
	const queries = createAjv(lenient, sharedSchemas)
	return ({ schema, httpPart }) => (httpPart === 'body' ? bodies : queries).compile(schema)
}
