import type { ProblemCode } from '@mercat/rest-api/problem-table'
import { commonHeaders } from './answer-headers.ts'
import { describeOperation } from './describe-operation.ts'
import type { DocumentDetails } from './document-details.ts'
import type { OpenApiDocument } from './openapi-document.ts'
import { problemExamples, problemSchemas } from './problem-components.ts'

/**
 * Completes the document that the schemas of the routes give: with problems, headers, scopes, examples and webhooks. None
 * of them is part of a route's schemas, because the framework would read them at each start.
 *
 * @param problems the codes of all problems of the service
 */
export function describeDocument(
	made: OpenApiDocument,
	problems: readonly ProblemCode[],
	details: DocumentDetails,
): OpenApiDocument {
	return {
		...made,
		paths: mapValues(made.paths ?? {}, (operations, path) =>
			mapValues(operations, (operation, method) => describeOperation(operation, { method, path }, details)),
		),
		...(details.webhooks && { webhooks: details.webhooks }),
		components: {
			...made.components,
			schemas: { ...made.components?.schemas, ...problemSchemas(problems, details) },
			headers: { ...details.answerHeaders, ...commonHeaders },
			examples: problemExamples(problems, details),
		},
	}
}

function mapValues<V, R>(object: Record<string, V>, map: (value: V, key: string) => R): Record<string, R> {
	return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]))
}
