import { problemsOfService } from '@mercat/rest-api/problem-table'
import { createLog } from '@mercat/service/log'
import { createTaskQueue } from '@mercat/service/task-queue'
import { tokenRules } from '@mercat/service/tokens'
import { brokenReferences } from '@mercat/testing/broken-references'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppNeeds, buildApp } from '../../src/app.ts'
import { readMarketConfig } from '../../src/config.ts'

type Body = { headers?: object; content?: Record<string, { example?: unknown; examples?: object }> }
type Operation = {
	operationId: string
	summary: string
	description: string
	security: object[]
	requestBody?: Body
	responses: Record<string, Body>
}

const log = createLog('market', 'silent')
const unused = {}
const config = readMarketConfig({
	JWT_SECRET: 'no request is made, so no token is verified',
	DATABASE_URL: 'pglite:memory',
	CATALOG_ADDRESS: 'dns:///catalog:50051',
	CORS_ORIGINS: 'https://shop.example',
})

// The documents need no database and no catalog.
let app: Awaited<ReturnType<typeof buildApp>>
beforeAll(async () => {
	app = await buildApp({
		config,
		log,
		tokenRules: tokenRules(config.tokens, log),
		customerPseudonym: (customer) => customer,
		inTurn: createTaskQueue(1),
		ticks: unused as AppNeeds['ticks'],
		sales: unused as AppNeeds['sales'],
		sources: unused as AppNeeds['sources'],
		analyses: unused as AppNeeds['analyses'],
		isReady: async () => false,
		isDraining: () => false,
	})
})
afterAll(() => app.close())

async function readDocument() {
	const { statusCode, payload } = await app.inject('/openapi.json')
	expect(statusCode).toBe(200)
	return JSON.parse(payload) as {
		openapi: string
		paths: Record<string, Record<string, Operation>>
		components: Record<'schemas' | 'examples', Record<string, object>>
	}
}

async function operations(): Promise<[route: string, operation: Operation][]> {
	const { paths } = await readDocument()
	return Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
	)
}

test('the OpenAPI document is valid and has version 3.1', async () => {
	const document = await readDocument()
	expect(document.openapi).toMatch(/^3\.1\./)
	expect(await new Validator().validate(document)).toMatchObject({ valid: true })
})

test('each reference of the OpenAPI document leads somewhere, so each header of a route is described', async () => {
	const document = await readDocument()
	expect(brokenReferences(document)).toEqual([])
	expect(document.paths['/v1/analyses']?.['post']?.responses[202]?.headers).toMatchObject({
		Location: { $ref: '#/components/headers/Location' },
	})
})

test('the OpenAPI document has every route with a name, a summary and a description', async () => {
	const routes = (await operations()).map(([route, { operationId, summary, description }]) => {
		expect(summary, route).toMatch(/./)
		expect(description, route).toMatch(/./)
		return `${operationId}: ${route}`
	})
	expect(routes.sort()).toEqual([
		'cancelAnalysis: delete /v1/analyses/{id}',
		'getAnalysis: get /v1/analyses/{id}',
		'getLinks: get /',
		'getLiveness: get /livez',
		'getProblem: get /problems/{slug}',
		'getReadiness: get /readyz',
		'listAnalyses: get /v1/analyses',
		'listProblems: get /problems',
		'listSales: get /v1/sales',
		'listSources: get /v1/sources',
		'listTicks: get /v1/ticks/{sku}',
		'startAnalysis: post /v1/analyses',
	])
})

test('each body of the OpenAPI document has an example', async () => {
	const without = (await operations()).flatMap(([, { operationId, requestBody, responses }]) =>
		[requestBody, ...Object.values(responses)].flatMap((body) =>
			Object.entries(body?.content ?? {}).flatMap(([type, { example, examples }]) =>
				type.endsWith('json') && example === undefined && examples === undefined ? [operationId] : [],
			),
		),
	)
	expect(without).toEqual([])
})

test('every route of the API needs a token with a scope of the market', async () => {
	for (const [route, { security }] of await operations()) {
		const isOfTheApi = route.includes(' /v1/')
		expect(security.length > 0, route).toBe(isOfTheApi)
		for (const scheme of security) expect(Object.values(scheme).flat().join(), route).toMatch(/^market:(read|manage)$/)
	}
	expect((await app.inject('/v1/sources')).json()).toMatchObject({ code: 'UNAUTHENTICATED' })
})

test('the problems are those that the routes answer, and no others', async () => {
	const { problems } = (await app.inject('/problems')).json()
	const codes: string[] = problems.map(({ code }: { code: string }) => code)
	expect(codes).toEqual(problemsOfService.market)
	const ofRoutes = (await operations()).flatMap(([, { responses }]) =>
		Object.values(responses).flatMap(({ content }) =>
			Object.keys(content?.['application/problem+json']?.examples ?? {}),
		),
	)
	// A path without the method is no route.
	expect(codes.toSorted()).toEqual([...new Set([...ofRoutes, 'METHOD_NOT_ALLOWED'])].sort())
	const { components } = await readDocument()
	expect(Object.keys(components.examples)).toHaveLength(codes.length)
})

test('the page of the documentation is that of the market', async () => {
	const { statusCode, payload } = await app.inject('/docs/')
	expect(statusCode).toBe(200)
	expect(payload).toContain('<title>Mercat market</title>')
})

test('pages of the origins in CORS_ORIGINS may ask with a token, and no others', async () => {
	const preflight = (origin: string) =>
		app.inject({
			method: 'OPTIONS',
			url: '/v1/sources',
			headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
		})
	const allowed = await preflight('https://shop.example')
	expect(allowed.statusCode).toBe(204)
	expect(allowed.headers).toMatchObject({
		'access-control-allow-origin': 'https://shop.example',
		'access-control-allow-headers': 'authorization',
	})
	expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).not.toBe(
		'https://evil.example',
	)
})
