import type { DocumentDetails } from '@mercat/rest-service/document-details'
import { bodyExamples, parameterExamples } from './examples.ts'

/** What only the OpenAPI document tells of the market. */
export const marketDetails: DocumentDetails = {
	bodyExamples,
	parameterExamples,
	answerHeaders: {
		Location: {
			description: 'The path of the analysis',
			schema: { type: 'string' },
			example: `/v1/analyses/${parameterExamples['id']}`,
		},
	},
	problemMembers: {},
	examplePath: '/v1/ticks/GOLD-1OZ',
}
