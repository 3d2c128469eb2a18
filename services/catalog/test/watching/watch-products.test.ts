import { status } from '@grpc/grpc-js'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { product, upserts } from '../start-catalog.ts'
import { copyOf, isInState, watch } from './watch.ts'

const costing = (sku: string, amountMinor: number) => product({ sku, price: { currencyCode: 'EUR', amountMinor } })

describe.each(engines)('a stream of changes on %s', (engine) => {
	const catalog = sharedCatalog(engine)

	test('tells changes in their order, each with its time, and a place in every message', async () => {
		await using stream = watch(catalog, { filter: { skus: ['A1', 'A2'] } })
		await stream.until(({ messages }) => messages.length > 0)
		await catalog.create(costing('A1', 100))
		await catalog.create(costing('A2', 200))
		await catalog.update(costing('A1', 110))
		await catalog.archive('A2')
		await stream.until((it) => it.toldProducts().length >= 4)
		expect(stream.toldProducts()).toEqual(['A1 product 100', 'A2 product 200', 'A1 product 110', 'A2 product 200'])
		const changes = stream.changes().filter(({ change }) => change === 'product')
		const { availableQuantity: _, ...read } = await catalog.get('A1')
		expect(changes[2]?.product).toMatchObject({ ...read, availableQuantity: 0 })
		expect(changes[3]?.product).toMatchObject({ state: 'STATE_ARCHIVED' })
		for (const { changeTime } of changes) {
			expect(Math.abs(Number(changeTime?.seconds) - Date.now() / 1000)).toBeLessThan(60)
		}
		const positions = stream.messages.map(({ position }) => position)
		expect(positions).toEqual([...positions].sort((one, another) => one - another))
		expect(stream.messages.every(({ resumeToken }) => resumeToken !== '')).toBe(true)
		expect(stream.messages.at(-1)?.asOf).not.toBeNull()
	})

	test('begins with the state when it is asked for, then marks its end, then tells changes', async () => {
		await catalog.import([{ upserts: upserts([costing('B1', 1), costing('B2', 2)], 7) }])
		await using stream = watch(catalog, { filter: { skus: ['B2', 'B1', 'B3', 'B1'] }, sendInitialState: true })
		await stream.until((it) => !isInState(it))
		expect(stream.told().slice(0, 4)).toEqual(['B1 product 1', 'B1 available 7', 'B2 product 2', 'B2 available 7'])
		expect(stream.toldProducts()).toHaveLength(2)
		expect(stream.changes().every(({ changeTime }) => changeTime === null)).toBe(true)
		await catalog.create(costing('B3', 3))
		await stream.until((it) => it.toldProducts().length === 3)
		expect(stream.toldProducts().at(-1)).toBe('B3 product 3')
		expect(stream.messages.filter(({ initialStateComplete }) => initialStateComplete)).toHaveLength(1)
	})

	test('tells the latest quantity, unless products alone are asked for', async () => {
		await catalog.import([{ upserts: upserts([costing('C1', 1)], 9) }])
		await using stream = watch(catalog, { filter: { skus: ['C1'] }, sendInitialState: true })
		await using productsOnly = watch(catalog, { filter: { skus: ['C1'], productsOnly: true }, sendInitialState: true })
		await stream.until((it) => !isInState(it))
		await catalog.hold('C1', 4)
		await stream.until((it) => copyOf(it.changes())['C1']?.available === 5)
		await catalog.update(costing('C1', 2))
		await productsOnly.until((it) => it.toldProducts().length === 2)
		expect(productsOnly.told()).toEqual(['C1 product 1', 'C1 product 2'])
	})

	test('of everything tells the state in the order of skus, and each product once', async () => {
		const skus = Array.from({ length: 1_300 }, (_, index) => `D${String(index).padStart(4, '0')}`)
		for (let first = 0; first < skus.length; first += 500) {
			await catalog.import([
				{
					upserts: upserts(
						skus.slice(first, first + 500).map((sku) => costing(sku, 5)),
						1,
					),
				},
			])
		}
		await using stream = watch(catalog, { filter: { productsOnly: true }, sendInitialState: true })
		await stream.until((it) => !isInState(it))
		const told = stream.changes().map(({ sku }) => sku)
		expect(told.filter((sku) => sku.startsWith('D'))).toEqual(skus)
		expect(told).toEqual([...new Set(told)].sort())
	})

	test('refuses skus that cannot be, more than 10,000 of them, and tokens that it has not made for the filter', async () => {
		const refusal = async (request: Parameters<typeof watch>[1]) => {
			await using stream = watch(catalog, request)
			return await stream.ended
		}
		const invalid = { code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' }
		expect(await refusal({ filter: { skus: ['no spaces'] } })).toMatchObject({
			...invalid,
			fieldViolations: [{ field: 'filter.skus[0]' }],
		})
		const many = Array.from({ length: 10_001 }, (_, index) => `E${index}`)
		expect(await refusal({ filter: { skus: many } })).toMatchObject({
			...invalid,
			fieldViolations: [{ field: 'filter.skus' }],
		})
		await using stream = watch(catalog, { filter: { skus: many.slice(1) } })
		await stream.until(({ messages }) => messages.length > 0)
		const token = stream.token()
		for (const resumeToken of ['made-up', `${token}x`, token.slice(0, -1), token]) {
			expect(await refusal({ resumeToken, filter: { skus: ['E1'] } })).toMatchObject({
				...invalid,
				fieldViolations: [{ field: 'resume_token' }],
			})
		}
	})
})
