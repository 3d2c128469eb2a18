import type { DocumentDetails } from './document-details.ts'
import {
	type Answer,
	type MediaType,
	nameOfSchema,
	type Operation,
	type Parameter,
	referenceTo,
} from './openapi-document.ts'
import { problemAnswers } from './problem-answers.ts'
import { factsMember, isOfTheApi, problemsOf, type RouteFacts } from './route-facts.ts'

/** Completes an operation with the facts of its route. */
export function describeOperation(
	made: Operation,
	route: { method: string; path: string },
	details: DocumentDetails,
): Operation {
	const { [factsMember]: given, ...operation } = made
	const facts = (given ?? {}) as RouteFacts
	const { operationId = '', requestBody, parameters = [] } = operation
	const problems = problemAnswers(problemsOf({ ...route, ...facts }))
	const answers = Object.entries({ ...problems, ...operation.responses }).map(([status, answer]) => [
		status,
		describeAnswer(answer, headersOf(Number(status), route.path, facts), [operationId, status], details),
	])
	return {
		...operation,
		...(facts.scopes !== undefined && {
			description: [operation.description, scopesText(facts.scopes)].filter(Boolean).join('\n\n'),
			security: facts.scopes.map((scope) => ({ token: [scope] })),
		}),
		...(parameters.length > 0 && {
			parameters: parameters.map((each) => describeParameter(each, route.path, details)),
		}),
		...(requestBody && {
			requestBody: {
				...requestBody,
				required: !facts.bodyIsOptional,
				content: withExamples(requestBody.content ?? {}, details, operationId),
			},
		}),
		responses: Object.fromEntries(answers),
	}
}

function scopesText(scopes: readonly string[]): string {
	return `Needs the scope ${scopes.map((scope) => `\`${scope}\``).join(' or ')}.`
}

function describeAnswer(
	answer: Answer,
	headers: string[],
	[operationId, status]: [string, string],
	details: DocumentDetails,
): Answer {
	return {
		...answer,
		...(headers.length > 0 && {
			headers: Object.fromEntries(headers.map((name) => [name, referenceTo('headers', name)])),
		}),
		...(answer.content && { content: withExamples(answer.content, details, operationId, status) }),
	}
}

function headersOf(status: number, path: string, { answerHeaders = [] }: RouteFacts): string[] {
	return [
		...(status < 300 ? answerHeaders : []),
		...(status === 401 ? ['WWW-Authenticate'] : []),
		...(isOfTheApi(path) && (status === 429 || status === 503) ? ['Retry-After'] : []),
		...(isOfTheApi(path) && !isBeforeTheLimit(status) ? ['RateLimit-Policy', 'RateLimit'] : []),
	]
}

// A request that is refused before it is counted has no limit in its answer.
function isBeforeTheLimit(status: number): boolean {
	return [406, 408, 414, 431].includes(status)
}

function withExamples(
	content: Record<string, MediaType>,
	{ bodyExamples }: DocumentDetails,
	operationId: string,
	status = '',
): Record<string, MediaType> {
	return Object.fromEntries(
		Object.entries(content).map(([type, media]) => {
			const name = nameOfSchema(media.schema) ?? status
			const example = bodyExamples[`${operationId} ${name}`] ?? bodyExamples[name]
			return [type, example === undefined || media.examples ? media : { ...media, example }]
		}),
	)
}

// A parameter with a default is required for a handler, and optional for a client. The idempotency key is optional in its
// schema, because a missing key has a problem of its own, and required for a client.
function describeParameter(made: Parameter, path: string, { parameterExamples }: DocumentDetails): Parameter {
	const isKey = made.name === 'idempotency-key'
	const required = isKey || (made.required === true && made.schema?.default === undefined)
	const capability = path.split('/')[2]
	const example = parameterExamples[`${capability} ${made.name}`] ?? parameterExamples[made.name]
	return { ...made, required, ...(required && example !== undefined && { example }) }
}
