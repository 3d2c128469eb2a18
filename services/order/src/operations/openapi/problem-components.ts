import { type ProblemCode, problemTable, slugOf } from '@mercat/order-api/problem-table'
import { problemMembers } from './problem-members.ts'

const codes = Object.keys(problemTable) as ProblemCode[]

/** The name of a problem's schema and example: `OutOfStockProblem`. */
export function problemName(code: ProblemCode): string {
	const words = code.toLowerCase().split('_')
	return `${words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}Problem`
}

/** A schema for each problem. `code` tells a client which of them it has. */
export const problemSchemas = Object.fromEntries(codes.map((code) => [problemName(code), schemaOf(code)]))

/** An example of each problem. */
export const problemExamples = Object.fromEntries(codes.map((code) => [problemName(code), exampleOf(code)]))

function schemaOf(code: ProblemCode): object {
	const { status, title, meaning, remedy } = problemTable[code]
	const properties = {
		type: { type: 'string', const: typeOf(code) },
		title: { type: 'string' },
		status: { type: 'integer', const: status },
		detail: { type: 'string', description: 'Tells what happened to this request' },
		instance: { type: 'string', description: 'The path and the query of the request' },
		code: { type: 'string', const: code },
		traceId: { type: 'string', description: 'Finds the request in the log of the service' },
		...problemMembers[code]?.properties,
	}
	return { title, description: `${meaning} ${remedy}`, type: 'object', properties, required: Object.keys(properties) }
}

function exampleOf(code: ProblemCode): object {
	const { status, title, meaning } = problemTable[code]
	const value = {
		type: typeOf(code),
		title,
		status,
		detail: meaning,
		instance: '/v1/orders',
		code,
		traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
		...problemMembers[code]?.example,
	}
	return { summary: title, value }
}

function typeOf(code: ProblemCode): string {
	return `/problems/${slugOf(code)}`
}
