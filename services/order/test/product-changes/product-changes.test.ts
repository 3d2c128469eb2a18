import { randomUUID } from 'node:crypto'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { followChanges } from './follow-changes.ts'

const writer = { timeoutMs: 60_000, token: token('tester', 'catalog:write') }
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

describe.each(engines)('the stream of changes of products on %s', (engine) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices(engine)
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const follow = (...options: Parameters<typeof followChanges> extends [string, ...infer Rest] ? Rest : never) =>
		followChanges(services.url, ...options)
	const create = (sku = `SKU-${randomUUID()}`) => services.catalog.createProduct({ sku })
	const retitle = (sku: string, title: string) =>
		callUnary(
			services.catalog.clients.catalog,
			catalogRpcs.UpdateProduct,
			{ product: { sku, title }, updateMask: { paths: ['title'] } },
			writer,
		)
	let sequence = 0
	const price = (sku: string, amountMinor: number) =>
		callUnary(
			services.catalog.clients.catalog,
			catalogRpcs.ApplyPrices,
			{ source: 'acme', sequence: ++sequence, prices: [{ sku, price: { currencyCode: 'EUR', amountMinor } }] },
			writer,
		)

	test('begins with no change, and has a product as it is read, without its quantity', async () => {
		using reader = await follow()
		expect([reader.status, reader.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8'])
		await reader.begun()
		expect(reader.told()[0]).toMatchObject({ event: 'changes', id: expect.stringMatching(/./), changes: [] })
		const sku = await create()
		const { product, changedAt } = await reader.until({ sku, product: {} })
		const { availableQuantity, ...read } = (await services.get(`/v1/products/${sku}`)).body
		expect(product).toEqual(read)
		expect(changedAt).toMatch(/^\d{4}-.*Z$/)
		await reader.until({ sku, availableQuantity })
		expect(reader.changes().find((change) => change.availableQuantity !== undefined)).not.toHaveProperty('changedAt')
		expect(Date.parse(reader.told().at(-1)?.asOf ?? '')).toBeGreaterThan(Date.now() - 60_000)
	})

	test('tells a quantity after an order', async () => {
		const sku = await create()
		using reader = await follow(`?skus=${sku}`)
		await reader.begun()
		expect((await services.place(orderOf(sku))).status).toBe(201)
		await reader.until({ sku, availableQuantity: 999 })
	})

	test('has only the products that were asked for, also one that is made later, and no quantities if so asked', async () => {
		const [mine, later] = [await create(), `SKU-${randomUUID()}`]
		using reader = await follow(`?skus=${mine},${later}&products=only`)
		await reader.begun()
		await retitle(await create(), 'Of somebody else')
		await create(later)
		await retitle(mine, 'Mine')
		await reader.until({ sku: mine, product: { title: 'Mine' } })
		expect(new Set(reader.changes().map(({ sku }) => sku))).toEqual(new Set([mine, later]))
		expect(reader.changes().filter(({ availableQuantity }) => availableQuantity !== undefined)).toEqual([])
	})

	test('goes on where a reader was that comes back with its id, each time', async () => {
		const sku = await create()
		const titles = Array.from({ length: 30 }, (_, number) => `Title ${number}`)
		let lastEventId: string | undefined
		const seen: string[] = []
		const first = await follow(`?skus=${sku}`)
		await first.begun()
		lastEventId = first.lastId()
		first[Symbol.dispose]()
		const writing = (async () => {
			for (const title of titles) await retitle(sku, title)
		})()
		while (seen.at(-1) !== titles.at(-1)) {
			using reader = await follow(`?skus=${sku}&products=only`, { lastEventId })
			await eventually(() => expect(reader.changes().length).toBeGreaterThan(0))
			seen.push(...reader.changes().map(({ product }) => product.title))
			lastEventId = reader.lastId()
		}
		await writing
		expect(seen.filter((title) => title.startsWith('Title'))).toEqual(titles)
	})

	test('tells the price alone when only the price has changed', async () => {
		const sku = `SKU-${randomUUID()}`
		await create(sku)
		using reader = await follow(`?skus=${sku}`)
		await reader.begun()
		await callUnary(services.catalog.clients.catalog, catalogRpcs.GiveProducts, { skus: [sku], source: 'acme' }, writer)
		const { outcomes } = await price(sku, 999)
		expect(outcomes).toMatchObject([{ result: 'RESULT_APPLIED' }])
		const change = await reader.until({ sku, price: eur(999) })
		expect(change).toEqual({
			sku,
			price: eur(999),
			lowestPrice30d: { amount: eur(1299), since: expect.stringMatching(/Z$/) },
			changedAt: expect.stringMatching(/Z$/),
		})
		const { body } = await services.get(`/v1/products/${sku}`)
		expect(body).toMatchObject({ price: eur(999), lowestPrice30d: change.lowestPrice30d })
	})

	test.each([
		['no catalog has made', 'made-up'],
		['is too long', 'x'.repeat(3_000)],
		['is no ASCII', 'ä'],
	])('has a reset for an id that %s, and then every change', async (_what, lastEventId) => {
		using reader = await follow('', { lastEventId })
		expect(reader.status).toBe(200)
		await reader.begun()
		expect(reader.told()[0]).toMatchObject({ event: 'reset', code: 'RESUME_TOKEN_EXPIRED', id: expect.any(String) })
		const sku = await create()
		await reader.until({ sku, product: {} })
	})
})
