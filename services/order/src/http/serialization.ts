import { sharedSchemas } from '@mercat/order-api/shared-schemas'
import fastJsonStringify from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'

const schemasById = Object.fromEntries(sharedSchemas.map((schema) => [schema.$id, schema]))

/**
 * Writes answers by their schema. For a fast start each schema is compiled at its first answer; most schemas describe
 * problems and are never used.
 */
export const serializerCompiler: FastifySerializerCompiler<object> = ({ schema }) => {
	let serialize: ((answer: unknown) => string) | undefined
	return (answer) => {
		serialize ??= fastJsonStringify(schema, { schema: schemasById })
		return serialize(answer)
	}
}
