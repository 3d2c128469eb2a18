import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { product } from '../start-catalog.ts'

const buf = fileURLToPath(new URL('../../../../packages/catalog-api/node_modules/.bin/buf', import.meta.url))

const catalog = sharedCatalog('postgres')

// A client that knows only what the server tells it about the contract.
async function call(rpc: string, request: object): Promise<unknown> {
	const url = `http://${catalog.address}/${rpc}`
	const args = ['curl', '--http2-prior-knowledge', '--protocol', 'grpc', '-d', JSON.stringify(request), url]
	return JSON.parse((await promisify(execFile)(buf, args)).stdout)
}

test('a client that learns the contract by reflection can call every service', async () => {
	await catalog.create(product({ sku: 'MUG-1' }))
	expect(await call('mercat.catalog.v1.CatalogService/GetProduct', { sku: 'MUG-1' })).toMatchObject({
		product: { sku: 'MUG-1', price: { currencyCode: 'EUR', amountMinor: '1290' }, state: 'STATE_ACTIVE' },
	})
	expect(await call('mercat.catalog.v1.InventoryService/GetStock', { skus: ['MUG-1'] })).toEqual({
		levels: [{ sku: 'MUG-1' }],
	})
	for (const service of ['', 'mercat.catalog.v1.CatalogService', 'mercat.catalog.v1.InventoryService']) {
		expect(await call('grpc.health.v1.Health/Check', { service })).toEqual({ status: 'SERVING' })
	}
})
