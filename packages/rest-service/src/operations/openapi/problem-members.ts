import type { ProblemCode } from '@mercat/rest-api/problem-table'

/** Members of a problem beyond the members that every problem has: their schemas and an example. */
export type ProblemMembers = { properties: Record<string, object>; example: Record<string, unknown> }

const text = { type: 'string' }

/** The members of problems of every service. All of them are always there. */
export const commonMembers: Partial<Record<ProblemCode, ProblemMembers>> = {
	INVALID_REQUEST: {
		properties: {
			errors: listOf(
				{
					pointer: { ...text, description: 'The place at fault, a JSON pointer (RFC 6901)' },
					code: { ...text, description: 'The rule that is broken, such as `minimum`' },
					detail: { ...text, description: 'Completes a sentence that begins with the place' },
				},
				{ parameter: { ...text, description: 'For a place in the query: the name of the parameter' } },
			),
		},
		example: { errors: [{ pointer: '#/items/0/quantity', code: 'minimum', detail: 'must be >= 1' }] },
	},
}

/** The schema of a list of objects with these members. */
export function listOf(properties: Record<string, object>, optional: Record<string, object> = {}): object {
	return { type: 'array', items: objectOf(properties, optional) }
}

/** The schema of an object that always has `properties`. */
export function objectOf(properties: Record<string, object>, optional: Record<string, object> = {}): object {
	return { type: 'object', properties: { ...properties, ...optional }, required: Object.keys(properties) }
}
