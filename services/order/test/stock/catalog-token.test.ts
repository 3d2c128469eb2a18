import { randomUUID } from 'node:crypto'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { createBudget } from '@mercat/service/budget'
import { signToken } from '@mercat/service/tokens'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { createCatalogClient } from '../../src/catalog/catalog-client.ts'
import { forwardedToken } from '../../src/http/forwarded-token.ts'
import { startFaultProxy } from '../chaos/shop/fault-proxy.ts'
import { openCatalog } from '../open-catalog.ts'
import { startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const changeOf = (sku: string) => ({ sku, delta: -3, reason: 'lost', requestId: randomUUID() })

test('a token that only the order service accepts changes no stock: the catalog refuses it, and the answer is 401', async () => {
	const secret = randomUUID()
	// The catalog of the test has another secret. It accepts the token of the order service itself.
	const env = { JWT_SECRET: secret, CATALOG_TOKEN: token('service:order', 'stock:reserve') }
	await using services = await startServices('postgres', { env })
	const sku = await services.catalog.createProduct({ onHand: 7 })
	const issuer = { secret, issuer: 'mercat', audience: 'mercat' }
	const staff = signToken(issuer, { subject: 'warehouse', scope: 'catalog:write', lifetimeMs: 60_000 })

	const headers = { 'idempotency-key': randomUUID() }
	const body = { delta: -3, reason: 'lost' }
	for (const answer of [
		await services.request('POST', `/v1/stock/${sku}/adjust`, { token: staff, body, headers }),
		await services.request('POST', `/v1/stock/${sku}/set`, { token: staff, body: { onHand: 1 }, headers }),
		await services.get(`/v1/stock/${sku}/movements`, { token: staff }),
	]) {
		expect(answer).toMatchObject({
			status: 401,
			body: { code: 'UNAUTHENTICATED', detail: 'The catalog does not accept the token.' },
		})
		expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/)
	}
	expect(await services.catalog.stockOf(sku)).toMatchObject({ onHand: 7 })
})

test('the catalog checks the scope of a token that goes on to it, and the problem names the scope', async () => {
	await using catalog = await openCatalog('postgres')
	await using opened = new AsyncDisposableStack()
	const clients = opened.adopt(createCatalogClients(catalog.address), ({ close }) => close())
	const own = () => token('service:order', 'stock:reserve catalog:write')
	const client = createCatalogClient({ clients, token: own, requestBudgetMs: 15_000 })
	const sku = await catalog.createProduct({ onHand: 7 })

	const clerk = token('clerk', 'orders:manage stock:reserve')
	const forbidden = { code: 'FORBIDDEN', message: 'The catalog finds that the token lacks the scope catalog:write.' }
	const budget = () => createBudget(15_000)
	await expect(client.adjustStock(changeOf(sku), clerk, budget())).rejects.toMatchObject(forbidden)
	await expect(client.setStock({ ...changeOf(sku), onHand: 1 }, clerk, budget())).rejects.toMatchObject(forbidden)
	await expect(client.listStockMovements({ sku }, clerk, budget())).rejects.toMatchObject(forbidden)
	expect(await catalog.stockOf(sku)).toMatchObject({ onHand: 7 })

	const { level } = await client.adjustStock(changeOf(sku), token('warehouse', 'catalog:write'), budget())
	expect(level).toMatchObject({ onHand: 4 })
	const { movements } = await client.listStockMovements({ sku }, own(), budget())
	expect(movements[0]).toMatchObject({ delta: -3, who: 'warehouse' })
})

test('the token of a customer does not go on, whatever route asks for it', () => {
	const identity = { subject: 'alice', scopes: new Set(['orders:read', 'orders:manage']), expiresAt: 0 }
	const raw = { rawHeaders: ['authorization', `Bearer ${token('alice')}`] }
	expect(() => forwardedToken({ identity, raw } as never)).toThrow(TypeError)
})

test('a change whose answer is lost is made once when it is sent again', async () => {
	await using proxy = await startFaultProxy()
	await using services = await startServices('postgres', {
		env: { CATALOG_ADDRESS: `127.0.0.1:${proxy.port}`, REQUEST_BUDGET_MS: '3000' },
		async prepareCatalog({ address }) {
			proxy.target(Number(address.split(':')[1]))
		},
	})
	const sku = await services.catalog.createProduct({ onHand: 7 })
	const staff = token('warehouse', 'catalog:write')
	const headers = { 'idempotency-key': randomUUID() }
	const adjust = () =>
		services.request('POST', `/v1/stock/${sku}/adjust`, { token: staff, body: { delta: -3, reason: 'lost' }, headers })

	// Only the answer is to be lost, and not the beginning of the connection.
	expect((await services.get(`/v1/stock/${sku}`, { token: staff })).status).toBe(200)
	await proxy.begin({ kind: 'reset' })
	expect([200, 503, 504]).toContain((await adjust()).status)
	await eventually(async () => expect(await services.catalog.stockOf(sku)).toMatchObject({ onHand: 4 }))
	await proxy.end()
	await eventually(async () => expect(await adjust()).toMatchObject({ status: 200, body: { onHand: 4 } }))
	expect((await adjust()).headers.get('idempotent-replayed')).toBe('true')
	expect(await services.catalog.stockOf(sku)).toMatchObject({ onHand: 4 })
})
