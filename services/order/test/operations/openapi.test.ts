import { randomUUID } from 'node:crypto'
import { eventTypes, testEventType } from '@mercat/order-api/event-types'
import type { OrderStatus } from '@mercat/order-api/order-status'
import { problemsOfService, problemTable, slugOf } from '@mercat/rest-api/problem-table'
import { brokenReferences } from '@mercat/testing/broken-references'
import { Validator } from '@seriousme/openapi-schema-validator'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toLoggedEvent } from '../../src/events/event.ts'
import type { Order } from '../../src/order/order.ts'
import { type Services, startServices } from '../start-services.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

/** An event as the log writes it. */
function eventOf(type: string, status: OrderStatus) {
	const item = { sku: 'MUG', title: 'Mug', quantity: 1, amountMinor: 1290 }
	const time = new Date('2026-11-29T02:07:46.638Z')
	const order: Order = {
		id: randomUUID(),
		customerId: 'alice',
		idempotencyKey: 'k',
		fingerprint: '',
		status,
		version: 1,
		items: [item],
		currency: 'EUR',
		totalMinor: 1290,
		details: { reference: 'cart-1' },
		placedAt: time,
		updatedAt: time,
		expiresAt: time,
		history: [{ from: null, to: status, when: time.toISOString(), who: 'alice', messages: 0 }],
		stockCommittedAt: null,
	}
	return { ...JSON.parse(toLoggedEvent(1, 1, order).text), type }
}

type Body = {
	required?: boolean
	description?: string
	headers?: Record<string, object>
	content?: Record<string, { schema?: object; example?: unknown; examples?: Record<string, object> }>
}
type Operation = {
	operationId?: string
	summary?: string
	description?: string
	security?: object[]
	requestBody?: Body
	responses: Record<string, Body>
}

async function readDocument() {
	const { status, headers, body } = await services.get('/openapi.json')
	expect(status).toBe(200)
	expect(headers.get('content-type')).toMatch(/^application\/json/)
	return body as { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: object } }
}

describe('the OpenAPI document', () => {
	test('the OpenAPI document is valid and has version 3.1', async () => {
		const document = await readDocument()
		expect(document.openapi).toMatch(/^3\.1\./)
		const { valid, errors } = await new Validator().validate(document)
		expect(errors).toBeUndefined()
		expect(valid).toBe(true)
	})

	test('each reference of the OpenAPI document leads somewhere, so each header of a route is described', async () => {
		const document = await readDocument()
		expect(brokenReferences(document)).toEqual([])
		expect(document.paths['/v1/orders']?.['post']?.responses[201]?.headers).toMatchObject({
			Location: { $ref: '#/components/headers/Location' },
		})
	})

	test('the OpenAPI document has every route with a name, a summary and a description', async () => {
		const { paths, components } = await readDocument()
		const routes = Object.entries(paths).flatMap(([path, operations]) =>
			Object.entries(operations).map(([method, { operationId, summary, description }]) => {
				expect(summary, `${method} ${path}`).toMatch(/./)
				expect(description, `${method} ${path}`).toMatch(/./)
				return `${operationId}: ${method} ${path}`
			}),
		)
		expect(routes.sort()).toEqual([
			'adjustStock: post /v1/stock/{sku}/adjust',
			'approveHeldPrice: post /v1/held-prices/{id}/approve',
			'cancelOrder: post /v1/orders/{id}/cancel',
			'createWebhook: post /v1/webhooks',
			'deleteWebhook: delete /v1/webhooks/{id}',
			'deliverOrder: post /v1/orders/{id}/deliver',
			'explain: get /v1/explain',
			'getLinks: get /',
			'getLiveness: get /livez',
			'getOrder: get /v1/orders/{id}',
			'getOrderEvents: get /v1/orders/{id}/events',
			'getOrderHistory: get /v1/orders/{id}/history',
			'getOrderReservation: get /v1/orders/{id}/reservation',
			'getPriceHistory: get /v1/products/{sku}/prices',
			'getPriceLimits: get /v1/price-limits/{sku}',
			'getProblem: get /problems/{slug}',
			'getProduct: get /v1/products/{sku}',
			'getReadiness: get /readyz',
			'getStatus: get /v1/status',
			'getStock: get /v1/stock/{sku}',
			'getWebhook: get /v1/webhooks/{id}',
			'listDeliveries: get /v1/webhooks/{id}/deliveries',
			'listEvents: get /v1/events',
			'listFeedRuns: get /v1/feeds/{name}/runs',
			'listFeeds: get /v1/feeds',
			'listHeldPrices: get /v1/held-prices',
			'listOrders: get /v1/orders',
			'listOutbox: get /v1/outbox',
			'listProblems: get /problems',
			'listRefusals: get /v1/refusals',
			'listStockMovements: get /v1/stock/{sku}/movements',
			'listWebhooks: get /v1/webhooks',
			'payOrder: post /v1/orders/{id}/pay',
			'placeOrder: post /v1/orders',
			'redeliverEvent: post /v1/webhooks/{id}/deliveries/{deliveryId}/redeliver',
			'redriveOutbox: post /v1/outbox/redrive',
			'rejectHeldPrice: post /v1/held-prices/{id}/reject',
			'replayWebhook: post /v1/webhooks/{id}/replay',
			'rotateWebhookSecret: post /v1/webhooks/{id}/rotate-secret',
			'searchProducts: get /v1/products',
			'setPriceLimits: put /v1/price-limits/{sku}',
			'setStock: post /v1/stock/{sku}/set',
			'shipOrder: post /v1/orders/{id}/ship',
			'streamProductChanges: get /v1/product-changes',
			'streamStatus: get /v1/status/stream',
			'suggestQueries: get /v1/suggestions',
			'testWebhook: post /v1/webhooks/{id}/test',
			'updateWebhook: patch /v1/webhooks/{id}',
		])
		expect(Object.keys(components.schemas)).toEqual(
			expect.arrayContaining(['Order', 'OrderRequest', 'Problem', 'Product']),
		)
	})

	test('each body of the OpenAPI document has an example', async () => {
		const { paths } = await readDocument()
		const without = Object.values(paths).flatMap((operations) =>
			Object.values(operations).flatMap(({ operationId, requestBody, responses }) =>
				[requestBody, ...Object.values(responses)].flatMap((body) =>
					Object.entries(body?.content ?? {}).flatMap(([type, { example, examples }]) =>
						type.endsWith('json') && example === undefined && examples === undefined ? [operationId] : [],
					),
				),
			),
		)
		expect(without).toEqual([])
	})

	test('the OpenAPI document requires a body exactly where a request without one is refused', async () => {
		const { paths } = await readDocument()
		const optional = Object.values(paths).flatMap((operations) =>
			Object.values(operations).flatMap(({ operationId, requestBody }) =>
				requestBody === undefined || requestBody.required ? [] : [operationId],
			),
		)
		expect(optional.sort()).toEqual([
			'cancelOrder',
			'redeliverEvent',
			'redriveOutbox',
			'rotateWebhookSecret',
			'testWebhook',
		])
	})

	test('the OpenAPI document tells where a token and the id of an order come from, and how to open the stream', async () => {
		const { paths, components } = (await services.get('/openapi.json')).body
		expect(components.securitySchemes.token.description).toContain('`npx --yes pnpm@12 mercat token --sub demo`')
		expect((await services.get('/problems/unauthenticated')).body.remedy).toContain('`npx --yes pnpm@12 mercat token')
		for (const [path, operations] of Object.entries<Record<string, { parameters?: object[] }>>(paths)) {
			if (!path.startsWith('/v1/orders/{id}')) continue
			for (const { parameters } of Object.values(operations)) {
				expect(parameters).toContainEqual(
					expect.objectContaining({
						name: 'id',
						description: expect.stringContaining('paste the id of an order of your own'),
					}),
				)
			}
		}
		expect(paths['/v1/events'].get.description).toContain('`Accept: text/event-stream`')
	})

	test('no answer of the OpenAPI document is without a description', async () => {
		const { paths } = await readDocument()
		const descriptions = Object.values(paths).flatMap((operations) =>
			Object.values(operations).flatMap(({ responses }) =>
				Object.values(responses).map(({ description }) => description),
			),
		)
		expect(descriptions).not.toContain('Default Response')
	})

	test('the OpenAPI document lists the problems of placing an order by status and code', async () => {
		const { responses } = (await readDocument()).paths['/v1/orders']!['post']!
		const codes = (status: number) =>
			Object.keys(responses[status]?.content?.['application/problem+json']?.examples ?? {})
		expect(codes(400)).toEqual(['INVALID_REQUEST', 'IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_INVALID'])
		expect(codes(409)).toEqual(['PRICE_CHANGED', 'OUT_OF_STOCK'])
		expect(codes(422)).toEqual(['UNKNOWN_PRODUCT', 'MIXED_CURRENCIES', 'TOTAL_TOO_LARGE', 'IDEMPOTENCY_KEY_REUSED'])
		expect(responses[409]?.content?.['application/problem+json']?.schema).toEqual({
			oneOf: [{ $ref: '#/components/schemas/PriceChangedProblem' }, { $ref: '#/components/schemas/OutOfStockProblem' }],
			discriminator: {
				propertyName: 'code',
				mapping: {
					PRICE_CHANGED: '#/components/schemas/PriceChangedProblem',
					OUT_OF_STOCK: '#/components/schemas/OutOfStockProblem',
				},
			},
		})
	})

	test('the OpenAPI document describes the headers of the answers', async () => {
		const { paths } = await readDocument()
		const headers = (path: string, method: string, status: number) =>
			Object.keys(paths[path]![method]!.responses[status]?.headers ?? {})
		const limit = ['RateLimit-Policy', 'RateLimit']
		expect(headers('/v1/orders', 'post', 201)).toEqual(['Location', 'ETag', 'Idempotent-Replayed', ...limit])
		expect(headers('/v1/orders/{id}', 'get', 200)).toEqual(['ETag', ...limit])
		expect(headers('/v1/webhooks', 'post', 201)).toEqual(['Location', ...limit])
		for (const status of [429, 503]) expect(headers('/v1/orders', 'post', status)).toEqual(['Retry-After', ...limit])
		expect(headers('/v1/orders', 'post', 401)).toEqual(['WWW-Authenticate', ...limit])
		expect(headers('/livez', 'get', 200)).toEqual([])
	})

	test('the OpenAPI document names the scopes of each route, any of which is enough', async () => {
		const { paths } = await readDocument()
		expect(paths['/v1/orders']!['post']!.security).toEqual([{ token: ['orders:write'] }])
		expect(paths['/v1/orders']!['get']!.security).toEqual([{ token: ['orders:read'] }, { token: ['orders:manage'] }])
		expect(paths['/v1/orders']!['get']!.description).toContain('Needs the scope `orders:read` or `orders:manage`.')
	})

	test.each(problemsOfService.order)(
		'the schema of the problem %s fits its example and no other problem',
		async (code) => {
			const document = (await services.get('/openapi.json')).body
			const ajv = new Ajv2020.default({ strict: false })
			addFormats.default(ajv)
			ajv.addSchema({ ...document, $id: 'openapi' })
			const name = `${code.toLowerCase().replaceAll(/(^|_)(\w)/g, (_all, _start, first) => first.toUpperCase())}Problem`
			const validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` })
			const fitting = Object.entries(document.components.examples as Record<string, { value: { code: string } }>)
				.filter(([, { value }]) => validate(value))
				.map(([, { value }]) => value.code)
			expect(fitting).toEqual([code])
		},
	)

	test('the OpenAPI document has a webhook for each type of event, with its signature and its body', async () => {
		const document = (await services.get('/openapi.json')).body
		expect(Object.keys(document.webhooks).sort()).toEqual([...eventTypes, testEventType].sort())
		const ajv = new Ajv2020.default({ strict: false })
		addFormats.default(ajv)
		ajv.addSchema({ ...document, $id: 'openapi' })
		for (const type of eventTypes) {
			const { parameters, requestBody } = document.webhooks[type].post
			expect(parameters.map(({ name }: { name: string }) => name)).toEqual([
				'webhook-id',
				'webhook-timestamp',
				'webhook-signature',
				'traceparent',
			])
			expect(Object.keys(requestBody.content)).toEqual(['application/cloudevents+json'])
			const place = ['webhooks', type, 'post', 'requestBody', 'content', 'application/cloudevents+json', 'schema']
			const pointer = place.map((part) => encodeURIComponent(part.replaceAll('/', '~1'))).join('/')
			const validate = ajv.compile({ $ref: `openapi#/${pointer}` })
			const status = type.split('.')[2] as OrderStatus
			expect(validate(eventOf(type, status)) ? [] : validate.errors).toEqual([])
			expect(validate({ ...eventOf(type, status), type: 'mercat.order.lost.v1' })).toBe(false)
			expect(validate(eventOf(eventTypes.find((other) => other !== type) ?? '', status))).toBe(false)
		}
	})

	test('the OpenAPI document requires the idempotency key and no parameter that has a default', async () => {
		const { paths } = await readDocument()
		type Parameter = { in: string; name: string; required?: boolean }
		const required = (path: string, method: string) =>
			((paths[path]![method] as { parameters?: Parameter[] }).parameters ?? []).filter((each) => each.required)
		for (const path of ['/v1/products', '/v1/orders']) expect(required(path, 'get')).toEqual([])
		expect(required('/v1/orders', 'post')).toMatchObject([
			{ in: 'header', name: 'idempotency-key', example: expect.stringMatching(/./) },
		])
		expect(required('/v1/orders/{id}', 'get')).toMatchObject([{ in: 'path', name: 'id' }])
	})

	test('the first press of "Try it" places an order: the key and the body have examples that are valid', async () => {
		const { paths, components } = (await services.get('/openapi.json')).body
		const { parameters, requestBody } = paths['/v1/orders'].post
		const { example } = requestBody.content['application/json']
		const sku = await services.catalog.createProduct({ sku: example.items[0].sku })
		const { example: key } = parameters[0]
		const placed = await services.place(example, { key, customer: 'demo' })
		expect(placed).toMatchObject({ status: 201, body: { items: [{ sku }] } })
		// For the customer of `mercat start`, the example of an order's id is the id of that order.
		expect(paths['/v1/orders/{id}'].get.parameters[0].example).toBe(placed.body.id)
		expect(await services.place(components.schemas.OrderRequest.examples[0])).toMatchObject({ status: 201 })
	})

	test('every route that needs a token by the OpenAPI document refuses a request without one', async () => {
		const { paths } = await readDocument()
		for (const [path, operations] of Object.entries(paths)) {
			for (const [method, { security, responses }] of Object.entries(operations)) {
				const isOpen = security?.length === 0
				expect(isOpen, `${method} ${path}`).toBe(!/^\/v1\/(?!products|product-changes|suggestions)/.test(path))
				if (isOpen) continue
				expect(responses).toHaveProperty('401')
				const answer = await services.request(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'any'))
				expect(answer.status).toBe(401)
			}
		}
	})
})

test('the page of the documentation loads nothing from other hosts', async () => {
	const { status, headers, text } = await services.get('/docs/')
	expect(status).toBe(200)
	expect(headers.get('content-type')).toMatch(/^text\/html/)
	expect(text).not.toMatch(/(src|href)="https?:/)
	expect(headers.get('content-security-policy')).toContain("default-src 'none'")
	expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
	expect((await services.get('/docs')).status).toBe(200)
	const script = await services.get('/docs/js/scalar.js')
	expect(script.status).toBe(200)
	expect(script.headers.get('content-type')).toMatch(/^application\/javascript/)
})

test('the root of the service leads to the documentation, the problems and the health check', async () => {
	const { status, body } = await services.get('/')
	expect(status).toBe(200)
	expect(Object.keys(body)).toEqual(['docs', 'openapi', 'problems', 'health'])
	for (const path of Object.values<string>(body)) expect((await services.get(path)).status).toBe(200)
})

describe('the routes of problem types', () => {
	test('/problems lists every problem as its own path describes it', async () => {
		const { status, body } = await services.get('/problems')
		expect(status).toBe(200)
		expect(body.problems.map(({ code }: { code: string }) => code)).toEqual(problemsOfService.order)
		for (const problem of body.problems) expect((await services.get(problem.type)).body).toEqual(problem)
	})

	test.each(problemsOfService.order)('/problems has the meaning and the remedy of %s', async (code) => {
		const { status, body } = await services.get(`/problems/${slugOf(code)}`)
		expect(status).toBe(200)
		const { title, meaning, remedy, status: problemStatus } = problemTable[code]
		const type = `/problems/${slugOf(code)}`
		expect(body).toEqual({ code, type, status: problemStatus, title, meaning, remedy })
	})

	test('/problems has the same answer for a code as for its slug', async () => {
		expect((await services.get('/problems/OUT_OF_STOCK')).body).toEqual(
			(await services.get('/problems/out-of-stock')).body,
		)
	})

	test.each(['unknown', 'Internal', 'internal/', '__proto__', 'constructor', '%00'])(
		'the unknown problem type %s gets 404',
		async (slug) => {
			expect(await services.get(`/problems/${slug}`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
		},
	)
})
