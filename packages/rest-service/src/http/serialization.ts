import type { TSchema } from '@sinclair/typebox'
import fastJsonStringify from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'

/**
 * Writes answers by their schema. For a fast start each schema is compiled at its first answer; most schemas describe
 * problems and are never used.
 *
 * @param sharedSchemas those that other schemas refer to by their `$id`
 */
export function createSerializerCompiler(sharedSchemas: readonly TSchema[]): FastifySerializerCompiler<object> {
	const schemasById = Object.fromEntries(sharedSchemas.map((schema) => [schema.$id, schema]))
	return ({ schema }) => {
		let serialize: ((answer: unknown) => string) | undefined
		return (answer) => {
			serialize ??= fastJsonStringify(schema, { schema: schemasById })
			return serialize(answer)
		}
	}
}
