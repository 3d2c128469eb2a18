import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { failWith, startHostileCatalog } from '../hostile-catalog.ts'
import { orderOf, startServices } from '../start-services.ts'

const env = { REQUEST_BUDGET_MS: '2000' }

async function startShop() {
	await using opened = new AsyncDisposableStack()
	const catalog = opened.use(await startHostileCatalog())
	const services = opened.use(await startServices('pglite', { env: { ...env, CATALOG_ADDRESS: catalog.address } }))
	const resources = opened.move()
	/** Places an order. Returns the answer, and how often the catalog was asked for it. */
	async function place() {
		const before = catalog.calls
		const { status, body } = await services.place(orderOf('A'))
		return { status, code: body.code, detail: body.detail as string, asked: catalog.calls - before }
	}
	return { catalog, services, place, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`)

test('a problem says how often the catalog was asked in vain, and that it was not asked while it is left alone', async () => {
	await using shop = await startShop()
	shop.catalog.reserveStock = () => failWith(14)
	const answers = [await shop.place()]
	while (answers.at(-1)?.asked !== 0) {
		expect(answers.length).toBeLessThan(20)
		answers.push(await shop.place())
	}
	for (const { asked, ...answer } of answers) {
		const detail =
			asked === 0
				? 'The catalog could not serve other requests a moment ago, so this request did not ask it. This request has changed nothing.'
				: `This request asked the catalog ${times(asked)} and got no answer. A change that was asked for may or may not have happened.`
		expect(answer).toEqual({ status: 503, code: 'CATALOG_UNAVAILABLE', detail })
	}
	expect(answers[0]?.asked).toBeGreaterThan(1)
})

test('a problem says that the catalog has answered when the catalog cannot reach its database', async () => {
	await using shop = await startShop()
	shop.catalog.reserveStock = () => failWith(14, { reason: 'DATABASE_UNAVAILABLE' })
	const { code, detail, asked } = await shop.place()
	expect([code, detail]).toEqual(['CATALOG_UNAVAILABLE', cannotServe(asked)])
})

const cannotServe = (asked: number) =>
	`The catalog answered that it cannot serve requests at the moment; it was asked ${times(asked)}. A change that was asked for may or may not have happened.`

test('a problem says that the catalog has answered, also when the last attempt had no answer', async () => {
	await using shop = await startShop()
	shop.catalog.reserveStock = () => {
		shop.catalog.reserveStock = () => failWith(14)
		return failWith(14, { reason: 'DATABASE_UNAVAILABLE' })
	}
	const { detail, asked } = await shop.place()
	expect(detail).toBe(cannotServe(asked))
	expect(asked).toBeGreaterThan(1)
})

test('a problem says that the catalog has answered, also when it is then left alone', async () => {
	await using shop = await startShop()
	shop.catalog.reserveStock = () => failWith(14, { reason: 'DATABASE_UNAVAILABLE' })
	const answers = [await shop.place()]
	while (answers.at(-1)?.asked !== 0) {
		expect(answers.length).toBeLessThan(20)
		answers.push(await shop.place())
	}
	answers.pop()
	for (const { asked, detail } of answers) expect(detail).toBe(cannotServe(asked))
	// The request in which the catalog begins to be left alone makes fewer attempts.
	expect(answers.at(-1)?.asked).toBeLessThan(answers[0]?.asked ?? 0)
})

test('a problem with a product says nothing of an order', async () => {
	await using opened = new AsyncDisposableStack()
	const silent = createServer((socket) => void opened.defer(() => void socket.destroy()))
	await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening))
	opened.defer(() => void silent.close())
	const { port } = silent.address() as { port: number }
	const services = opened.use(await startServices('pglite', { env: { ...env, CATALOG_ADDRESS: `127.0.0.1:${port}` } }))
	const { status, body } = await services.get('/v1/products/A')
	expect(status).toBeOneOf([503, 504])
	expect(body.detail).toMatch(
		/^This request asked the catalog (once|\d times) and got no answer\. |^The time for the request is over\. /,
	)
	expect(body.detail).not.toMatch(/order/i)
})
