import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { createAuthority, writePemFiles } from '@mercat/order/testing/certificates'
import { signToken } from '@mercat/service/tokens'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jwtSecret, startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { startBreakableProxy } from './breakable-proxy.ts'

const demoFile = fileURLToPath(new URL('../../demo/products.ndjson', import.meta.url))
const timeoutMs = 60_000

let folder: string
let catalog: TestCatalog
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-import-'))
	catalog = await startTestCatalog()
})
afterAll(async () => {
	await catalog[Symbol.asyncDispose]()
	rmSync(folder, { recursive: true })
})

function write(name: string, lines: string[]): string {
	const path = join(folder, name)
	writeFileSync(path, lines.join('\n'))
	return path
}

function importFile(path: string, port: number, variables: { [name: string]: string } = { JWT_SECRET: jwtSecret }) {
	return runMercat(['import', path, '--catalog', `127.0.0.1:${port}`], variables)
}

test('An import creates the products and their stock, and a second import changes nothing', async () => {
	expect(await importFile(demoFile, catalog.port)).toEqual({
		exitCode: 0,
		stdout: '100 rows: 100 created, 0 updated, 0 unchanged, 0 failed\n',
		stderr: '',
	})
	expect(await importFile(demoFile, catalog.port)).toMatchObject({
		exitCode: 0,
		stdout: '100 rows: 0 created, 0 updated, 100 unchanged, 0 failed\n',
	})
	const sku = 'MUG-STONE-350'
	const { product } = await callUnary(catalog.clients.catalog, catalogRpcs.GetProduct, { sku }, { timeoutMs })
	expect(product).toMatchObject({ price: { currencyCode: 'EUR', amountMinor: 1290 }, availableQuantity: 250 })
})

test('A row that the command or the catalog refuses is reported with its line, and the other rows are imported', async () => {
	const path = write('bad-rows.csv', [
		'sku,title,description,price,currency,imageUrls',
		'BAD-A,Fine,"Two',
		'lines",9.99,USD,',
		'BAD-B,Too exact,,9.9999,USD,',
		`BAD-C,${'long'.repeat(51)},,1,USD,`,
		'BAD-D,Fine,,1,JPY,',
	])
	const { exitCode, stdout, stderr } = await importFile(path, catalog.port)
	expect({ exitCode, stdout }).toEqual({
		exitCode: 1,
		stdout: '4 rows: 2 created, 0 updated, 0 unchanged, 2 failed\n',
	})
	expect(stderr).toMatch(/^line 4: BAD-B: price must have at most 2 decimal places in USD, not 9\.9999/m)
	expect(stderr).toMatch(/^line 5: BAD-C: product\.title must/m)
	expect(stderr.trim().split('\n')).toHaveLength(2)
})

test('A failed element of a .json file is reported with its position in the array', async () => {
	const path = write('elements.json', [
		'[{"sku":"ELEMENT-1"},',
		'{"sku":"ELEMENT-2","title":"b","price":1,"currency":"USD"}]',
	])
	const { exitCode, stdout, stderr } = await importFile(path, catalog.port)
	expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '2 rows: 1 created, 0 updated, 0 unchanged, 1 failed\n' })
	expect(stderr).toMatch(
		/^element 1: ELEMENT-1: there is no product with this sku, and a new one needs a title and a price/,
	)
})

test('A row without onHand leaves the stock unchanged', async () => {
	const mug = { sku: 'STOCKED', title: 'Mug', price: '1', currency: 'EUR' }
	await importFile(write('stock.ndjson', [JSON.stringify({ ...mug, onHand: 7 })]), catalog.port)
	const again = write('no-stock.ndjson', [JSON.stringify({ ...mug, title: 'Cup' })])
	expect((await importFile(again, catalog.port)).stdout).toBe(
		'1 row: 0 created, 1 updated, 0 unchanged, 0 failed\nproducts that were there: content 1 changed\n',
	)
	const stock = await callUnary(catalog.clients.catalog, inventoryRpcs.GetStock, { skus: ['STOCKED'] }, { timeoutMs })
	expect(stock.levels).toMatchObject([{ onHand: 7 }])
})

test('The rows before the end of an incomplete file are imported', async () => {
	const path = write('broken-off.json', ['[{"sku":"FIRST","title":"a","price":1,"currency":"USD"},{"sku":'])
	expect(await importFile(path, catalog.port)).toEqual({
		exitCode: 1,
		stdout: '1 row: 1 created, 0 updated, 0 unchanged, 0 failed\n',
		stderr: `mercat: ${path}: the file ends before the end of its JSON\n`,
	})
})

test('After a broken connection, the import continues on a new one and loses no row', async () => {
	await using proxy = await startBreakableProxy(catalog.port, 400)
	const row = (n: number) => ({
		sku: `S-${n}`,
		title: 'x',
		brand: 'Many',
		description: 'y'.repeat(400),
		price: '1',
		currency: 'EUR',
	})
	const path = write(
		'many.ndjson',
		Array.from({ length: 6_000 }, (_, n) => JSON.stringify(row(n))),
	)
	const { exitCode, stdout, stderr } = await importFile(path, proxy.port)
	expect(exitCode).toBe(0)
	expect(stderr).toMatch(
		/^the connection broke, and \d+ rows were sent again: a row that the first sending stored counts as [^\n]+\n$/,
	)
	expect(stdout).toMatch(/^6000 rows: /)
	expect(proxy.connections()).toBeGreaterThan(1)
	const search = { pageSize: 1, filter: { brands: ['Many'] } }
	const found = await callUnary(catalog.clients.catalog, catalogRpcs.SearchProducts, search, { timeoutMs })
	expect(found).toMatchObject({ totalSize: 6_000 })
})

test('The error for a catalog that does not answer names its address, without a stack trace', async () => {
	const { exitCode, stdout, stderr } = await importFile(demoFile, 1)
	expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
	expect(stderr).toBe('mercat: the catalog at 127.0.0.1:1 does not answer: connect ECONNREFUSED 127.0.0.1:1\n')
})

test.each([['127.0.0.1:99999'], ['127.0.0.1:0']])(
	'The address %s, which has no port, is a usage error',
	async (address) => {
		const { exitCode, stderr } = await runMercat(['import', demoFile, '--catalog', address])
		expect(exitCode).toBe(2)
		expect(stderr).toContain('It must be HOST:PORT, with a port from 1 to 65535.')
	},
)

test('A port in CATALOG_PORT that cannot be one is told without a stack trace', async () => {
	const { exitCode, stderr } = await runMercat(['import', demoFile], { CATALOG_PORT: '99999' })
	expect(exitCode).toBe(1)
	expect(stderr).toMatch(/^mercat: the catalog at 127\.0\.0\.1:99999 does not answer: [^\n]+\n$/)
})

test('The error for a name without an address is one plain sentence', async () => {
	const { stderr } = await runMercat(['import', demoFile, '--catalog', 'nowhere.invalid:50051'])
	expect(stderr).toBe('mercat: the catalog at nowhere.invalid:50051 does not answer: its name has no address\n')
})

test('import --help names the formats, and the columns of ours', async () => {
	const { stdout } = await runMercat(['import', '--help'])
	expect(stdout).toMatch(/^ +for a new product {2}sku, title, price, currency$/m)
	expect(stdout).toMatch(/^ +optional +description, brand, category, group, onHand, imageUrls, attributes$/m)
	for (const format of ['shopify', 'woocommerce', 'google']) expect(stdout).toMatch(new RegExp(`^  ${format} `, 'm'))
})

test('The error for a file that cannot be read names the file', async () => {
	expect(await importFile(join(folder, 'missing.csv'), 1)).toEqual({
		exitCode: 1,
		stdout: '',
		stderr: `mercat: ${join(folder, 'missing.csv')}: there is no such file\n`,
	})
})

test('The error for an invalid token differs from the error for a token without the scope', async () => {
	const stranger = await importFile(demoFile, catalog.port, { JWT_SECRET: 'the secret of some other catalog' })
	expect(stranger).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('refuses the token: MERCAT_TOKEN') })
	const key = { secret: jwtSecret, issuer: 'mercat', audience: 'mercat' }
	const token = signToken(key, { subject: 'alice', scope: 'orders:write', lifetimeMs: 60_000 })
	const customer = await importFile(demoFile, catalog.port, { MERCAT_TOKEN: token })
	expect(customer).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('lacks the scope catalog:write') })
})

test('A row that changes title and price, but not the stock that is held, has failed, and its line names the parts that were changed', async () => {
	const row = { sku: 'HELD', title: 'Mug', price: '1', currency: 'EUR', onHand: 10 }
	await importFile(write('held.ndjson', [JSON.stringify(row)]), catalog.port)
	const key = { secret: jwtSecret, issuer: 'mercat', audience: 'mercat' }
	const token = signToken(key, { subject: 'order', scope: 'stock:reserve', lifetimeMs: 60_000 })
	const lines = [{ sku: 'HELD', quantity: 6 }]
	const reservations = [{ orderId: randomUUID(), holdDuration: { seconds: 600 }, lines }]
	await callUnary(catalog.clients.inventory, inventoryRpcs.ReserveStock, { reservations }, { timeoutMs, token })

	const changed = write('held-changed.ndjson', [JSON.stringify({ ...row, title: 'Cup', price: '2', onHand: 5 })])
	expect(await importFile(changed, catalog.port)).toEqual({
		exitCode: 1,
		stdout:
			'1 row: 0 created, 0 updated, 0 unchanged, 1 failed\n' +
			'products that were there: content 1 changed, price 1 changed, stock 0 changed, 1 not set\n',
		stderr: 'line 1: HELD: content and price were changed; 6 are held, so the stock was left as it is\n',
	})
})

test('The error for a catalog with TLS says so, and the error for a certificate names GRPC_TLS_CA', async () => {
	const [ours, theirs] = await Promise.all([createAuthority('ours'), createAuthority('theirs')])
	await using own = await writePemFiles(await ours.sign('catalog'))
	await using trusted = await writePemFiles(ours)
	await using stranger = await writePemFiles(theirs)
	await using secure = await startTestCatalog({ GRPC_TLS_CERT: own.certPath, GRPC_TLS_KEY: own.keyPath })
	const importWith = (variables: { [name: string]: string }, port = secure.port) =>
		importFile(demoFile, port, { JWT_SECRET: jwtSecret, ...variables })

	expect(await importWith({})).toEqual({
		exitCode: 1,
		stdout: '',
		stderr: `mercat: the catalog at 127.0.0.1:${secure.port} speaks TLS: set GRPC_TLS_CA to the file with the certificate of its authority\n`,
	})
	expect((await importWith({ GRPC_TLS_CA: stranger.certPath })).stderr).toContain(
		'has a certificate that is not trusted: set GRPC_TLS_CA',
	)
	expect((await importWith({ GRPC_TLS_CA: trusted.certPath }, catalog.port)).stderr).toContain(
		'has no TLS: unset GRPC_TLS_CA',
	)
	expect(await importWith({ GRPC_TLS_CA: trusted.certPath })).toMatchObject({ exitCode: 0 })
})
