type Parameter = { in: string; name: string; required?: boolean }
type Answer = { content?: Record<string, object> }
type Operation = { parameters?: Parameter[]; responses: Record<string, Answer> }
type Schema = { properties?: { code?: { const?: string } } }

/** The parts of the OpenAPI document from which more than the usual client is made. */
export type Document = {
	paths: Record<string, Record<string, Operation>>
	components: { schemas: Record<string, Schema> }
}

const isKey = ({ in: place, name }: Parameter) => place === 'header' && name === 'idempotency-key'

/**
 * The document for callers of the client: it makes an idempotency key where the caller gives none, and has functions of its
 * own for streams.
 */
export function documentForCallers(document: Document): Document {
	const copy = structuredClone(document)
	for (const { path, method, operation } of operationsOf(copy)) {
		if (isStream(operation)) delete copy.paths[path]?.[method]
		for (const parameter of operation.parameters ?? []) if (isKey(parameter)) delete parameter.required
	}
	return copy
}

function isStream({ responses }: Operation): boolean {
	return Object.keys(responses['200']?.content ?? {}).join() === 'text/event-stream'
}

/** A module that lists the operations which need an idempotency key. */
export function keyedOperationsModule(document: Document): string {
	const keyed = operationsOf(document).filter(({ operation }) => operation.parameters?.some(isKey))
	return `/** The operations that need an idempotency key. */
export const keyedOperations: readonly string[] = [
${keyed.map(({ method, path }) => `  '${method.toUpperCase()} ${path}',`).join('\n')}
];
`
}

/** A module with a type of every problem. */
export function problemsModule({ components }: Document): string {
	const names = Object.entries(components.schemas)
		.filter(([, schema]) => schema.properties?.code?.const !== undefined)
		.map(([name]) => name)
	return `import type { ${names.join(', ')} } from './types.gen.ts';

/** Every problem that an operation is answered with; \`code\` tells them apart. */
export type KnownProblem = ${names.join(' | ')};
`
}

function operationsOf({ paths }: Document) {
	return Object.entries(paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
	)
}
