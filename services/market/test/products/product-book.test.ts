import { status } from '@grpc/grpc-js'
import { priceCalls } from '@mercat/catalog/testing/price-calls'
import { product, startTestCatalog, type TestCatalog, upserts } from '@mercat/catalog/testing/start-catalog'
import { createCatalogClients } from '@mercat/catalog-api/client'
import type { ProductChange__Output } from '@mercat/catalog-api/messages/ProductChange'
import { createOpenWatch, type WatchCallOptions } from '@mercat/catalog-api/open-watch'
import { createWatchCall } from '@mercat/catalog-api/watch-call'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { openProductBook } from '../../src/products/product-book.ts'

const silent = { warn() {}, info() {} }

function openBook(stack: DisposableStack, { address }: TestCatalog) {
	const clients = stack.adopt(createCatalogClients(address), (open) => open.close())
	const call = createWatchCall(clients, { filter: { productsOnly: true }, sendInitialState: true })
	return stack.use(openProductBook({ openWatch: createOpenWatch({ call, log: silent }), log: silent }))
}

test('the book has every product as the catalog has it, and follows each change', async () => {
	await using catalog = await startTestCatalog('postgres')
	using stack = new DisposableStack()
	await catalog.create(product({ sku: 'MUG', category: 'Home/Kitchen' }))
	await catalog.create(product({ sku: 'OLD' }))
	await catalog.archive('OLD')

	const book = openBook(stack, catalog)
	expect(book.isLoaded()).toBe(false)
	expect(book.find('MUG')).toBeUndefined()
	await book.loaded
	expect(book.isLoaded()).toBe(true)
	expect(book.find('MUG')).toEqual({ currency: 'EUR', amountMinor: 1290, category: 'Home/Kitchen', archived: false })
	expect(book.find('OLD')).toMatchObject({ archived: true })
	expect(book.find('NONE')).toBeUndefined()

	await catalog.import([{ source: 'metals', upserts: upserts([product({ sku: 'GOLD' })]) }])
	await priceCalls(catalog).apply('metals', 1, { GOLD: 1350 })
	await eventually(() => expect(book.find('GOLD')).toMatchObject({ amountMinor: 1350 }))
	await catalog.unarchive('OLD')
	await eventually(() => expect(book.find('OLD')).toMatchObject({ archived: false }))
})

/** A watch whose calls the test ends. */
function scriptedWatch() {
	const calls: WatchCallOptions[] = []
	const call = (options: WatchCallOptions) => {
		calls.push(options)
		return { pause() {}, resume() {}, cancel() {} }
	}
	return { calls, openWatch: createOpenWatch({ call, log: silent }) }
}

function changeOf(sku: string, amountMinor: number): ProductChange__Output {
	const price = { currencyCode: 'EUR', amountMinor }
	return { sku, product: { price, category: '', state: 'STATE_ACTIVE' } } as ProductChange__Output
}

const message = (changes: ProductChange__Output[], initialStateComplete: boolean) => ({
	changes,
	initialStateComplete,
	resumeToken: `after ${changes.at(-1)?.sku}`,
	asOf: null,
	position: 0,
})

test('when changes are lost all products are read again, and meanwhile those that were known serve on', () => {
	const { calls, openWatch } = scriptedWatch()
	using book = openProductBook({ openWatch, log: silent })
	calls[0]?.onMessage(message([changeOf('A', 1), changeOf('B', 1)], true))
	calls[0]?.onEnd({ outcome: 'expired' })
	expect(calls[1]?.token).toBeUndefined()
	calls[1]?.onMessage(message([changeOf('A', 2)], false))
	expect([book.find('A')?.amountMinor, book.find('B')?.amountMinor]).toEqual([1, 1])
	calls[1]?.onMessage(message([changeOf('C', 2)], true))
	expect([book.find('A')?.amountMinor, book.find('B')?.amountMinor, book.find('C')?.amountMinor]).toEqual([
		2,
		undefined,
		2,
	])
})

test('a state that breaks off goes on after its last message', async () => {
	const { calls, openWatch } = scriptedWatch()
	using book = openProductBook({ openWatch, log: silent })
	calls[0]?.onMessage(message([changeOf('A', 1)], false))
	calls[0]?.onEnd({ outcome: 'failed', error: { code: status.UNAVAILABLE }, retryDelayMs: 0 })
	await eventually(() => expect(calls[1]?.token).toBe('after A'))
	calls[1]?.onMessage(message([changeOf('B', 1)], true))
	expect([book.find('A')?.amountMinor, book.find('B')?.amountMinor]).toEqual([1, 1])
})
