import type { DocumentDetails } from '@mercat/rest-service/document-details'
import { bodyExamples, parameterExamples } from './examples.ts'

/** What only the OpenAPI document tells of the market. */
export const marketDetails: DocumentDetails = {
	bodyExamples,
	parameterExamples,
	answerHeaders: {},
	problemMembers: {},
	examplePath: '/v1/ticks/GOLD-1OZ',
}
