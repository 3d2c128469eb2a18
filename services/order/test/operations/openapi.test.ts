import { randomUUID } from 'node:crypto'
import { eventTypes, testEventType } from '@mercat/order-api/event-types'
import type { OrderStatus } from '@mercat/order-api/order-status'
import { type ProblemCode, problemTable, slugOf } from '@mercat/order-api/problem-table'
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

type Operation = { summary?: string; security?: object[]; responses: Record<string, object> }

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

	test('the OpenAPI document has every route with a summary, and the named schemas', async () => {
		const { paths, components } = await readDocument()
		const routes = Object.entries(paths).flatMap(([path, operations]) =>
			Object.entries(operations).map(([method, { summary }]) => {
				expect(summary, `${method} ${path}`).toMatch(/./)
				return `${method} ${path}`
			}),
		)
		expect(routes.sort()).toEqual([
			'delete /v1/webhooks/{id}',
			'get /livez',
			'get /problems/{slug}',
			'get /readyz',
			'get /v1/events',
			'get /v1/orders',
			'get /v1/orders/{id}',
			'get /v1/orders/{id}/history',
			'get /v1/products',
			'get /v1/products/{sku}',
			'get /v1/webhooks',
			'get /v1/webhooks/{id}',
			'get /v1/webhooks/{id}/deliveries',
			'patch /v1/webhooks/{id}',
			'post /v1/orders',
			'post /v1/orders/{id}/cancel',
			'post /v1/orders/{id}/deliver',
			'post /v1/orders/{id}/pay',
			'post /v1/orders/{id}/ship',
			'post /v1/webhooks',
			'post /v1/webhooks/{id}/deliveries/{deliveryId}/redeliver',
			'post /v1/webhooks/{id}/replay',
			'post /v1/webhooks/{id}/rotate-secret',
			'post /v1/webhooks/{id}/test',
		])
		expect(Object.keys(components.schemas)).toEqual(
			expect.arrayContaining(['Order', 'OrderRequest', 'Problem', 'Product']),
		)
	})

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
		expect(required('/v1/orders', 'post')).toMatchObject([{ in: 'header', name: 'idempotency-key' }])
		expect(required('/v1/orders/{id}', 'get')).toMatchObject([{ in: 'path', name: 'id' }])
	})

	test('the example of an order in the OpenAPI document can be placed', async () => {
		const { components } = await readDocument()
		const { examples } = (components.schemas as Record<string, { examples: { items: { sku: string }[] }[] }>)[
			'OrderRequest'
		]!
		const sku = await services.catalog.createProduct({ sku: examples[0]!.items[0]!.sku })
		expect(await services.place(examples[0])).toMatchObject({ status: 201, body: { items: [{ sku }] } })
	})

	test('every route that needs a token by the OpenAPI document refuses a request without one', async () => {
		const { paths } = await readDocument()
		for (const [path, operations] of Object.entries(paths)) {
			for (const [method, { security, responses }] of Object.entries(operations)) {
				const isOpen = security?.length === 0
				expect(isOpen, `${method} ${path}`).toBe(!/^\/v1\/(events|orders|webhooks)/.test(path))
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

describe('the routes of problem types', () => {
	test.each(Object.keys(problemTable) as ProblemCode[])(
		'/problems has the meaning and the remedy of %s',
		async (code) => {
			const { status, body } = await services.get(`/problems/${slugOf(code)}`)
			expect(status).toBe(200)
			const { title, meaning, remedy, status: problemStatus } = problemTable[code]
			expect(body).toEqual({ code, status: problemStatus, title, meaning, remedy })
		},
	)

	test.each(['unknown', 'INTERNAL', 'internal/', '__proto__', 'constructor', '%00'])(
		'the unknown problem type %s gets 404',
		async (slug) => {
			expect(await services.get(`/problems/${slug}`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
		},
	)
})
