import type { DocumentDetails } from '@mercat/rest-service/document-details'
import { answerHeaders } from './answer-headers.ts'
import { bodyExamples, parameterExamples } from './examples.ts'
import { openApiWebhooks } from './openapi-webhooks.ts'
import { problemMembers } from './problem-members.ts'

/** What only the OpenAPI document tells of orders. */
export const orderDetails: DocumentDetails = {
	bodyExamples,
	parameterExamples,
	answerHeaders,
	problemMembers,
	examplePath: '/v1/orders',
	webhooks: openApiWebhooks,
}
