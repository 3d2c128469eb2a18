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
	{
		$id: 'Problem',
		additionalProperties: true,
		description: 'Any problem (RFC 9457). The schema of each code tells which members it has beside these.',
	},
)
