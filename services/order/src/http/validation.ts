import { sharedSchemas } from '@mercat/order-api/shared-schemas'
import Ajv, { type Options } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'

// Bodies are taken as they are: nothing converted, nothing dropped, nothing filled in.
const strict: Options = { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true }
// A query is text, so numbers and booleans in it are read; a parameter given once may be a list of one.
const lenient: Options = { coerceTypes: 'array', removeAdditional: false, useDefaults: true, allErrors: true }

const bodies = createAjv(strict)
const queries = createAjv(lenient)

function createAjv(options: Options): Ajv.default {
	// What is wrong with a schema shows when it is compiled: the schema of schemas would be compiled for each of these.
	const ajv = new Ajv.default({ ...options, keywords: ['example'], validateSchema: false, meta: false })
	addFormats.default(ajv)
	for (const schema of sharedSchemas) ajv.addSchema(schema)
	return ajv
}

/** Validates each part of a request by its own rules. */
export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
	(httpPart === 'body' ? bodies : queries).compile(schema)
