import { type ProblemCode, problemTable, slugOf } from '@mercat/rest-api/problem-table'
import type { DocumentDetails } from './document-details.ts'
import { commonMembers, type ProblemMembers } from './problem-members.ts'

type ProblemDetails = Pick<DocumentDetails, 'problemMembers' | 'examplePath'>

/** The name of a problem's schema and example: `OutOfStockProblem`. */
export function problemName(code: ProblemCode): string {
	const words = code.toLowerCase().split('_')
	return `${words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}Problem`
}

/** A schema for each problem. `code` tells a client which of them it has. */
export function problemSchemas(codes: readonly ProblemCode[], details: ProblemDetails): Record<string, object> {
	return Object.fromEntries(codes.map((code) => [problemName(code), schemaOf(code, membersOf(code, details))]))
}

/** An example of each problem. */
export function problemExamples(codes: readonly ProblemCode[], details: ProblemDetails): Record<string, object> {
	return Object.fromEntries(codes.map((code) => [problemName(code), exampleOf(code, details)]))
}

function membersOf(code: ProblemCode, { problemMembers }: ProblemDetails): ProblemMembers | undefined {
	return problemMembers[code] ?? commonMembers[code]
}

function schemaOf(code: ProblemCode, members: ProblemMembers | undefined): object {
	const { status, title, meaning, remedy } = problemTable[code]
	const properties = {
		type: { type: 'string', const: typeOf(code) },
		title: { type: 'string' },
		status: { type: 'integer', const: status },
		detail: { type: 'string', description: 'Tells what happened to this request' },
		instance: { type: 'string', description: 'The path and the query of the request' },
		code: { type: 'string', const: code },
		traceId: { type: 'string', description: 'Finds the request in the log of the service' },
		...members?.properties,
	}
	return { title, description: `${meaning} ${remedy}`, type: 'object', properties, required: Object.keys(properties) }
}

function exampleOf(code: ProblemCode, details: ProblemDetails): object {
	const { status, title, meaning } = problemTable[code]
	const value = {
		type: typeOf(code),
		title,
		status,
		detail: meaning,
		instance: details.examplePath,
		code,
		traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
		...membersOf(code, details)?.example,
	}
	return { summary: title, value }
}

function typeOf(code: ProblemCode): string {
	return `/problems/${slugOf(code)}`
}
