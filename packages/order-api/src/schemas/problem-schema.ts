import { Type } from '@sinclair/typebox'

export const ProblemSchema = Type.Object(
	{
		type: Type.String({ format: 'uri-reference' }),
		title: Type.String(),
		status: Type.Integer(),
		detail: Type.String(),
		instance: Type.String(),
		code: Type.String(),
		traceId: Type.String(),
	},
	{ $id: 'Problem', additionalProperties: true, description: 'RFC 9457, with members of its own for some codes' },
)
