import { type ProblemCode, problemTable } from '@mercat/rest-api/problem-table'
import { type Answer, referenceTo } from './openapi-document.ts'
import { problemName } from './problem-components.ts'

/** The answers of a route that are problems, by their status. */
export function problemAnswers(codes: readonly ProblemCode[]): Record<string, Answer> {
	const byStatus = Map.groupBy(new Set(codes), (code) => problemTable[code].status)
	return Object.fromEntries([...byStatus].map(([status, ofStatus]) => [status, answerOf(ofStatus)]))
}

function answerOf(codes: ProblemCode[]): Answer {
	const names = codes.map(problemName)
	return {
		description: codes.map((code) => `\`${code}\`: ${problemTable[code].title}`).join('\n\n'),
		content: {
			'application/problem+json': {
				schema: schemaOf(codes),
				examples: Object.fromEntries(names.map((name, index) => [codes[index], referenceTo('examples', name)])),
			},
		},
	}
}

function schemaOf(codes: ProblemCode[]): object {
	const schemas = codes.map((code) => referenceTo('schemas', problemName(code)))
	const mapping = Object.fromEntries(schemas.map(({ $ref }, index) => [codes[index], $ref]))
	return schemas.length === 1
		? (schemas[0] as object)
		: { oneOf: schemas, discriminator: { propertyName: 'code', mapping } }
}
