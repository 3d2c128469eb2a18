import { answerHeaders } from './answer-headers.ts'
import { describeOperation } from './describe-operation.ts'
import type { OpenApiDocument } from './openapi-document.ts'
import { openApiWebhooks } from './openapi-webhooks.ts'
import { problemExamples, problemSchemas } from './problem-components.ts'

/**
 * Completes the document that the schemas of the routes give: with problems, headers, scopes, examples and webhooks. None
 * of them is part of a route's schemas, because the framework would read them at each start.
 */
export function describeDocument(made: OpenApiDocument): OpenApiDocument {
	return {
		...made,
		paths: mapValues(made.paths ?? {}, (operations, path) =>
			mapValues(operations, (operation, method) => describeOperation(operation, { method, path })),
		),
		webhooks: openApiWebhooks,
		components: {
			...made.components,
			schemas: { ...made.components?.schemas, ...problemSchemas },
			headers: answerHeaders,
			examples: problemExamples,
		},
	}
}

function mapValues<V, R>(object: Record<string, V>, map: (value: V, key: string) => R): Record<string, R> {
	return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]))
}
