import type { AnswerHeader } from './answer-headers.ts'
import { bodyExamples, parameterExamples } from './examples.ts'
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
export function describeOperation(made: Operation, route: { method: string; path: string }): Operation {
	const { [factsMember]: given, ...operation } = made
	const facts = (given ?? {}) as RouteFacts
	const { operationId = '', requestBody, parameters = [] } = operation
	const problems = problemAnswers(problemsOf({ ...route, ...facts }))
	const answers = Object.entries({ ...problems, ...operation.responses }).map(([status, answer]) => [
		status,
		describeAnswer(answer, headersOf(Number(status), route.path, facts), [operationId, status]),
	])
	return {
		...operation,
		...(facts.scopes !== undefined && {
			description: [operation.description, scopesText(facts.scopes)].filter(Boolean).join('\n\n'),
			security: facts.scopes.map((scope) => ({ token: [scope] })),
		}),
		...(parameters.length > 0 && { parameters: parameters.map((each) => describeParameter(each, route.path)) }),
		...(requestBody && {
			requestBody: {
				...requestBody,
				required: !facts.bodyIsOptional,
				content: withExamples(requestBody.content ?? {}, operationId),
			},
		}),
		responses: Object.fromEntries(answers),
	}
}

function scopesText(scopes: readonly string[]): string {
	return `Needs the scope ${scopes.map((scope) => `\`${scope}\``).join(' or ')}.`
}

function describeAnswer(answer: Answer, headers: AnswerHeader[], [operationId, status]: [string, string]): Answer {
	return {
		...answer,
		...(headers.length > 0 && {
			headers: Object.fromEntries(headers.map((name) => [name, referenceTo('headers', name)])),
		}),
		...(answer.content && { content: withExamples(answer.content, operationId, status) }),
	}
}

function headersOf(status: number, path: string, { answerHeaders = [] }: RouteFacts): AnswerHeader[] {
	return [
		...(status < 300 ? answerHeaders : []),
		...(status === 401 ? (['WWW-Authenticate'] as const) : []),
		...(isOfTheApi(path) && (status === 429 || status === 503) ? (['Retry-After'] as const) : []),
		...(isOfTheApi(path) && !isBeforeTheLimit(status) ? (['RateLimit-Policy', 'RateLimit'] as const) : []),
	]
}

// A request that is refused before it is counted has no limit in its answer.
function isBeforeTheLimit(status: number): boolean {
	return [406, 408, 414, 431].includes(status)
}

function withExamples(content: Record<string, MediaType>, operationId: string, status = ''): Record<string, MediaType> {
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
function describeParameter(made: Parameter, path: string): Parameter {
	const isKey = made.name === 'idempotency-key'
	const required = isKey || (made.required === true && made.schema?.default === undefined)
	const capability = path.split('/')[2]
	const example = parameterExamples[`${capability} ${made.name}`] ?? parameterExamples[made.name]
	return { ...made, required, ...(required && example !== undefined && { example }) }
}
