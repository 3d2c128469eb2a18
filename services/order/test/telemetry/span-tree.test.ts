import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import type { CollectedSpan } from '@mercat/testing/otlp-collector'
import { treeOf } from '@mercat/testing/span-tree'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, hasServerSpan, includes, startTracedShop, type TracedShop } from './traced-shop.ts'

let shop: TracedShop
let sku: string
const customer = 'customer-of-the-spans'

beforeAll(async () => {
	shop = await startTracedShop({ env: { SECRETS_KEY: randomUUID(), WEBHOOK_ALLOW_PRIVATE: 'true' } })
	sku = await shop.cluster.stocked(1_000)
})
afterAll(() => shop[Symbol.asyncDispose]())

const reserve = 'mercat.catalog.v1.InventoryService/ReserveStock'
const commit = 'mercat.catalog.v1.InventoryService/CommitReservations'
const transaction = ['transaction', '  lock-reservations', '  lock-shelf', '  write-holds']
const under = (depth: number, lines: string[]) => lines.map((line) => '  '.repeat(depth) + line)

test('the first order is one trace over both services down to the statements', async () => {
	await using newShop = await startTracedShop()
	const placed = await newShop.place(await newShop.cluster.stocked(1))
	expect(placed.status).toBe(201)
	expect(treeOf(await newShop.spansOf(placed, includes('POST /v1/orders', 'write-holds', reserve)))).toEqual([
		'POST /v1/orders',
		'  place order',
		'    batch look up orders',
		'      look-up-orders',
		'    batch reserve stock',
		`      ${reserve}`,
		`        ${reserve}`,
		'          batch reservations',
		...under(6, transaction),
		'    batch insert orders',
		'      insert-orders',
	])
})

test('the spans of a trace say which service they belong to', async () => {
	const servicesOf = (spans: CollectedSpan[]) =>
		new Set(spans.map(({ kind, name, resource }) => `${kind} ${name} ${resource['service.name']}`))
	const expected = [
		'SERVER POST /v1/orders mercat-order',
		`CLIENT ${reserve} mercat-order`,
		`SERVER ${reserve} mercat-catalog`,
		'CLIENT insert-orders mercat-order',
	]
	const isComplete = (spans: CollectedSpan[]) => expected.every((span) => servicesOf(spans).has(span))
	await shop.spansOf(await shop.place(sku), isComplete)
})

test('the span of the request hangs under the span of the client', async () => {
	const answer = await shop.place(sku)
	const [root] = await shop.spansOf(answer)
	expect(root).toMatchObject({ name: 'POST /v1/orders', parentSpanId: answer.spanId })
})

test('the delivery of a paid order to the catalog belongs to the trace of the payment', async () => {
	const { id } = JSON.parse((await shop.place(sku)).body)
	const paid = await shop.call(staffs('POST', `/v1/orders/${id}/pay`, { reference: 'bank-1' }))
	expect(paid.status).toBe(200)
	// The span of the client, and below it the one of the server.
	const both = [`    ${commit}`, `      ${commit}`]
	const spans = await shop.spansOf(paid, (sent) => {
		const lines = treeOf(sent)
		return both.every((line) => lines.includes(line)) && includes('deliver catalog', 'settle-reservations')(sent)
	})
	expect(spans.find(({ name }) => name === 'deliver catalog')?.links).toHaveLength(1)
})

describe('each route', () => {
	/** The id of a new order of the customer, which is paid for the routes that need it. */
	async function order({ paid = false, shipped = false } = {}): Promise<string> {
		const placed = await shop.place(sku, { token: shop.cluster.customerToken(customer) })
		const { id } = JSON.parse(placed.body)
		if (paid || shipped) await shop.call(staffs('POST', `/v1/orders/${id}/pay`, { reference: 'bank-1' }))
		if (shipped) await shop.call(staffs('POST', `/v1/orders/${id}/ship`, { reference: 'parcel-1' }))
		return id
	}

	async function webhook(): Promise<string> {
		const made = await shop.call(staffs('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/', types: ['*'] }))
		return JSON.parse(made.body).id
	}

	const mine = (method: string, path: string, body?: unknown): Call => ({
		method,
		path,
		token: shop.cluster.customerToken(customer),
		...(body !== undefined && { body }),
	})

	const withKey = (call: Call): Call => ({ ...call, headers: { 'idempotency-key': randomUUID() } })

	/** A delivery to a new webhook, which has failed. */
	async function delivery(): Promise<string> {
		const id = await webhook()
		await order()
		const [first] = await eventually(
			async () => {
				const page = await shop.call(staffs('GET', `/v1/webhooks/${id}/deliveries`))
				const { deliveries } = JSON.parse(page.body)
				expect(deliveries).not.toEqual([])
				return deliveries
			},
			{ interval: 100 },
		)
		return `/v1/webhooks/${id}/deliveries/${first.id}`
	}

	/** A decision about a new held price. */
	async function decision(kind: 'approve' | 'reject'): Promise<Call> {
		const held = `SKU-${randomUUID()}`
		await shop.cluster.supplier('acme').holdPrice(held)
		const { heldPrices } = JSON.parse((await shop.call(staffs('GET', `/v1/held-prices?sku=${held}`))).body)
		const [{ id, newPrice }] = heldPrices
		return staffs('POST', `/v1/held-prices/${id}/${kind}`, { price: newPrice })
	}

	/** A request of each operation, and the statements or the calls that its trace has. */
	const operations: [operation: string, makeRequest: () => Promise<Call> | Call, parts: string[]][] = [
		[
			'placeOrder',
			() => withKey(mine('POST', '/v1/orders', { items: [{ sku, quantity: 1 }] })),
			[reserve, 'insert-orders'],
		],
		['getOrder', async () => mine('GET', `/v1/orders/${await order()}`), ['find-orders']],
		['getOrderHistory', async () => mine('GET', `/v1/orders/${await order()}/history`), ['find-orders']],
		['listOrders', () => mine('GET', '/v1/orders'), ['search-orders-of-customer']],
		['getOrderEvents', async () => staffs('GET', `/v1/orders/${await order()}/events`), ['find-record-of-order']],
		['listOutbox', () => staffs('GET', '/v1/outbox'), ['list-open-commands']],
		['redriveOutbox', () => staffs('POST', '/v1/outbox/redrive', {}), ['redrive-oldest']],
		[
			'payOrder',
			async () => staffs('POST', `/v1/orders/${await order()}/pay`, { reference: 'bank-1' }),
			['find-orders', 'write-transitions'],
		],
		[
			'shipOrder',
			async () => staffs('POST', `/v1/orders/${await order({ paid: true })}/ship`, { reference: 'parcel-1' }),
			['find-orders', 'write-transitions'],
		],
		[
			'deliverOrder',
			async () => staffs('POST', `/v1/orders/${await order({ shipped: true })}/deliver`, { reference: 'parcel-1' }),
			['find-orders', 'write-transitions'],
		],
		[
			'cancelOrder',
			async () => mine('POST', `/v1/orders/${await order()}/cancel`, {}),
			['find-orders', 'write-transitions'],
		],
		[
			'searchProducts',
			() => ({ method: 'GET', path: '/v1/products?q=product' }),
			['mercat.catalog.v1.CatalogService/SearchProducts', 'search-index-rows'],
		],
		// A suggestion for two letters is made from memory.
		[
			'suggestQueries',
			() => ({ method: 'GET', path: '/v1/suggestions?q=pr' }),
			['mercat.catalog.v1.CatalogService/SuggestQueries'],
		],
		[
			'getProduct',
			() => ({ method: 'GET', path: `/v1/products/${sku}` }),
			['mercat.catalog.v1.CatalogService/GetProduct', 'select-products'],
		],
		[
			'getPriceHistory',
			() => ({ method: 'GET', path: `/v1/products/${sku}/prices` }),
			['mercat.catalog.v1.CatalogService/GetPriceHistory'],
		],
		[
			'getOrderReservation',
			async () => staffs('GET', `/v1/orders/${await order()}/reservation`),
			['mercat.catalog.v1.InventoryService/GetReservations', 'find-reservations'],
		],
		// A status is taken for everybody who watches, so what it reads is in the trace of nobody.
		['getStatus', () => staffs('GET', '/v1/status'), []],
		['listRefusals', () => staffs('GET', '/v1/refusals'), ['list-refusals', 'count-lost-requests']],
		[
			'explain',
			() => staffs('GET', `/v1/explain?order=${randomUUID()}`),
			[
				'find-kept-requests-of-order',
				'count-lost-requests',
				'find-record-of-order',
				'mercat.catalog.v1.InventoryService/GetReservations',
			],
		],
		[
			'getStock',
			() => staffs('GET', `/v1/stock/${sku}`),
			['mercat.catalog.v1.InventoryService/GetStock', 'find-stock-levels'],
		],
		[
			'listStockMovements',
			() => staffs('GET', `/v1/stock/${sku}/movements`),
			['mercat.catalog.v1.InventoryService/ListStockMovements', 'list-movements'],
		],
		[
			'adjustStock',
			() => withKey(staffs('POST', `/v1/stock/${sku}/adjust`, { delta: 1, reason: 'found' })),
			['mercat.catalog.v1.InventoryService/AdjustStock', 'lock-stock-level'],
		],
		[
			'setStock',
			() => withKey(staffs('POST', `/v1/stock/${sku}/set`, { onHand: 1_000_000 })),
			['mercat.catalog.v1.InventoryService/SetStock', 'lock-stock-level'],
		],
		['listFeeds', () => staffs('GET', '/v1/feeds'), ['mercat.catalog.v1.CatalogService/ListFeeds', 'list-feeds']],
		[
			'listFeedRuns',
			async () => {
				await shop.cluster.supplier('acme').run()
				return staffs('GET', '/v1/feeds/acme/runs')
			},
			['mercat.catalog.v1.CatalogService/ListFeedRuns', 'list-feed-runs'],
		],
		[
			'listHeldPrices',
			() => staffs('GET', '/v1/held-prices'),
			['mercat.catalog.v1.CatalogService/ListHeldPrices', 'list-held-prices'],
		],
		[
			'approveHeldPrice',
			() => decision('approve'),
			['mercat.catalog.v1.CatalogService/ResolveHeldPrice', 'decide-hold'],
		],
		['rejectHeldPrice', () => decision('reject'), ['mercat.catalog.v1.CatalogService/ResolveHeldPrice', 'decide-hold']],
		[
			'getPriceLimits',
			() => staffs('GET', `/v1/price-limits/${sku}`),
			['mercat.catalog.v1.CatalogService/GetPriceLimits'],
		],
		[
			'setPriceLimits',
			() => staffs('PUT', `/v1/price-limits/${sku}`, { floor: null }),
			['mercat.catalog.v1.CatalogService/SetPriceLimits'],
		],
		['listEvents', () => staffs('GET', '/v1/events?orderId='.concat(randomUUID())), ['find-ends-of-log']],
		[
			'createWebhook',
			() => staffs('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/', types: ['*'] }),
			['lock-log-of-events', 'assign-positions', 'insert-webhook'],
		],
		['listWebhooks', () => staffs('GET', '/v1/webhooks'), ['list-webhooks']],
		['getWebhook', async () => staffs('GET', `/v1/webhooks/${await webhook()}`), ['find-webhook']],
		[
			'updateWebhook',
			async () => staffs('PATCH', `/v1/webhooks/${await webhook()}`, { state: 'paused' }),
			['find-webhook', 'change-webhook'],
		],
		[
			'deleteWebhook',
			async () => staffs('DELETE', `/v1/webhooks/${await webhook()}`),
			['find-webhook', 'delete-webhook'],
		],
		[
			'rotateWebhookSecret',
			async () => staffs('POST', `/v1/webhooks/${await webhook()}/rotate-secret`, {}),
			['find-webhook', 'rotate-webhook-secret'],
		],
		['testWebhook', async () => staffs('POST', `/v1/webhooks/${await webhook()}/test`, {}), ['find-webhook']],
		[
			'replayWebhook',
			async () => staffs('POST', `/v1/webhooks/${await webhook()}/replay`, { after: '0' }),
			['find-webhook', 'find-ends-of-log', 'replay-webhook'],
		],
		[
			'listDeliveries',
			async () => staffs('GET', `/v1/webhooks/${await webhook()}/deliveries`),
			['find-webhook', 'list-deliveries'],
		],
		['redeliverEvent', async () => staffs('POST', `${await delivery()}/redeliver`, {}), ['find-webhook', 'redeliver']],
	]

	test.each(operations)(
		'%s has a span, with its statements and its calls below it',
		async (_operation, makeRequest, parts) => {
			const answer = await shop.call(await makeRequest())
			const root = await shop.collector.until(({ spansOf }) => {
				const spans = spansOf(answer.traceId)
				const server = spans.find((span) => hasServerSpan([span]))
				const below = server && clientSpansBelow(server, spans)
				return parts.every((part) => below?.has(part)) && server
			})
			expect(answer.status).toBeLessThan(300)
			expect(root).toMatchObject({
				kind: 'SERVER',
				status: 'UNSET',
				attributes: { 'http.response.status_code': answer.status },
			})
			expect(root.name).toBe(`${root.attributes['http.request.method']} ${root.attributes['http.route']}`)
		},
	)

	test('of the API is in this table', async () => {
		const { paths } = JSON.parse((await shop.call({ method: 'GET', path: '/openapi.json' })).body)
		const documented = Object.entries<Record<string, { operationId?: string }>>(paths)
			.filter(([path]) => path.startsWith('/v1/'))
			.flatMap(([, methods]) => Object.values(methods).flatMap(({ operationId }) => operationId ?? []))
		// A stream does not end, and so its span does not.
		const others = ['streamProductChanges', 'streamStatus']
		expect([...operations.map(([operation]) => operation), ...others].sort()).toEqual(documented.sort())
	})
})

test('requests for health and documents make no span', async () => {
	for (const path of ['/livez', '/readyz', '/problems', '/openapi.json', '/']) {
		const { traceId } = await shop.call({ method: 'GET', path })
		await shop.spansOf(await shop.place(sku))
		expect(shop.collector.spansOf(traceId)).toEqual([])
	}
})

function staffs(method: string, path: string, body?: unknown): Call {
	const { cluster } = shop
	return {
		method,
		path,
		token: cluster.token('staff', 'orders:manage events:read webhooks:manage catalog:write'),
		// The flag of staff counts.
		isSampled: true,
		...(body !== undefined && { body }),
	}
}

/** The names of the statements and the calls whose spans are below the span. */
function clientSpansBelow({ spanId }: CollectedSpan, spans: CollectedSpan[]): Set<string> {
	const below = spans.filter(({ parentSpanId }) => parentSpanId === spanId)
	return new Set(
		below.flatMap((span) => [...(span.kind === 'CLIENT' ? [span.name] : []), ...clientSpansBelow(span, spans)]),
	)
}
