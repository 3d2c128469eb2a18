/** The parts of an OpenAPI document that the service completes. */
export type OpenApiDocument = {
	paths?: Record<string, Record<string, Operation>>
	components?: { schemas?: Record<string, object>; [kind: string]: unknown }
	[member: string]: unknown
}

export type Operation = {
	operationId?: string
	summary?: string
	description?: string
	security?: object[]
	parameters?: Parameter[]
	requestBody?: { content?: Record<string, MediaType>; [member: string]: unknown }
	responses?: Record<string, Answer>
	[member: string]: unknown
}

export type Parameter = {
	in: string
	name: string
	required?: boolean
	example?: unknown
	schema?: { default?: unknown; [keyword: string]: unknown }
}

export type Answer = { description: string; headers?: Record<string, Reference>; content?: Record<string, MediaType> }

export type MediaType = { schema?: object; example?: unknown; examples?: Record<string, Reference> }

export type Reference = { $ref: string }

/** A reference to a component of the document. */
export function referenceTo(kind: 'schemas' | 'headers' | 'examples', name: string): Reference {
	return { $ref: `#/components/${kind}/${name}` }
}

/** The name of the schema that `schema` refers to; undefined for a schema that stands in its place. */
export function nameOfSchema(schema: object = {}): string | undefined {
	const { $ref } = schema as Partial<Reference>
	return $ref?.split('/').at(-1)
}
