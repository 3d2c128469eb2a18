import { problemTable, slugOf } from '@mercat/rest-api/problem-table'
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'

/** An answer with its JSON body; undefined for a body that is no JSON. */
export type Answer = {
	status: number
	headers: Headers
	text: string
	// biome-ignore lint/suspicious/noExplicitAny: a test asks for any part of any body
	body: any
}

type Described = { headers?: Record<string, object>; content?: Record<string, { schema: object }> }
type Operation = { responses: Record<string, Described> }
export type OpenApiDocument = { paths: Record<string, Record<string, Operation>> }

/**
 * Checks answers against the OpenAPI document: the operation describes the status and the headers, the body fits its schema,
 * an error is a problem of the table that the operation lists, and no detail of the implementation shows.
 */
export function createAnswerCheck(document: OpenApiDocument) {
	const ajv = new Ajv2020.default({ strict: false, allErrors: true })
	addFormats.default(ajv)
	ajv.addSchema({ ...document, $id: 'openapi' })
	const validators = new Map<string, ValidateFunction>()
	const validatorOf = (...place: string[]) => {
		const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
		const known = validators.get(pointer) ?? ajv.compile({ $ref: `openapi#/${pointer}` })
		validators.set(pointer, known)
		return known
	}
	const routes = Object.keys(document.paths).map((path) => ({
		path,
		form: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
	}))

	function validatorFor(method: string, path: string, { status, headers }: Omit<Answer, 'body'>, mediaType: string) {
		const route = routes.find(({ form }) => form.test(path.split(/[?#]/)[0] ?? ''))?.path
		const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
		const operation = route === undefined ? undefined : document.paths[route]?.[verb]
		if (route === undefined || operation === undefined) return validatorOf('components', 'schemas', 'Problem')
		const described = operation.responses[status]
		expect(described, `${status} is not among the answers of ${verb} ${route}`).toBeDefined()
		expect(Object.keys(described?.content ?? {})).toContain(mediaType)
		checkHeaders(headers, Object.keys(described?.headers ?? {}))
		return validatorOf('paths', route, verb, 'responses', String(status), 'content', mediaType, 'schema')
	}

	return (method: string, path: string, answer: Omit<Answer, 'body'>): Answer => {
		const { status, headers, text } = answer
		const mediaType = headers.get('content-type')?.split(';')[0] ?? ''
		if (method === 'HEAD' || !mediaType.endsWith('json')) return { ...answer, body: undefined }
		const body = JSON.parse(text)
		const isHealth = path === '/readyz'
		if (status >= 400 && !isHealth) checkProblem(answer, body)
		if (path !== '/openapi.json') {
			const validate = validatorFor(method, path, answer, mediaType)
			expect(validate(body) ? [] : validate.errors, `the body of ${status} to ${method} ${path}`).toEqual([])
		}
		return { ...answer, body }
	}
}

const describedHeaders = [
	'location',
	'etag',
	'idempotent-replayed',
	'retry-after',
	'ratelimit',
	'ratelimit-policy',
	'www-authenticate',
]
// A first answer is no replay, and a service may have no limit of requests.
const sometimesThere = ['idempotent-replayed', 'ratelimit', 'ratelimit-policy']

function checkHeaders(headers: Headers, described: string[]): void {
	const names = described.map((name) => name.toLowerCase())
	const undescribed = describedHeaders.filter((name) => headers.has(name) && !names.includes(name))
	expect(undescribed, 'headers that are not described').toEqual([])
	const missing = names.filter((name) => !sometimesThere.includes(name) && !headers.has(name))
	expect(missing, 'headers that are missing').toEqual([])
}

const inside =
	/node_modules|\bat .*:\d+:\d+|\b(select|insert into|update) |FST_|fastify|node\.js|postgres|pglite|grpc|\.ts\b|\d+\.\d+\.\d+/i

function checkProblem({ status, headers }: Omit<Answer, 'body'>, body: Record<string, unknown>): void {
	expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
	const code = body['code'] as keyof typeof problemTable
	expect(problemTable).toHaveProperty(code)
	expect(body).toMatchObject({
		type: `/problems/${slugOf(code)}`,
		title: problemTable[code].title,
		status,
		detail: expect.stringMatching(/./),
		instance: expect.stringMatching(/^\//),
		traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
	})
	expect(status).toBe(problemTable[code].status)
	expect(headers.get('server')).toBeNull()
	expect(headers.get('x-powered-by')).toBeNull()
	// Members that repeat the client's own words may look like anything.
	const { instance: _asked, skus: _ordered, items: _orderedItems, ...said } = body
	expect(JSON.stringify(said)).not.toMatch(inside)
	if (status === 429 || status === 503) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
}
