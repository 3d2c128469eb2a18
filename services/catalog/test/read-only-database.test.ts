import { status } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { healthRpcs } from '@mercat/catalog-api/load-proto'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { startPostgresServer } from '@mercat/testing/postgres-server'
import { expect, test } from 'vitest'
import { errorOf, product, startCatalogOn, type TestCatalog } from './start-catalog.ts'

test('while the database only reads, changes are UNAVAILABLE with their reason, reads are answered, and health is NOT_SERVING', async () => {
	await using server = await startPostgresServer()
	await using catalog = await startCatalogOn(server.url)
	await using administration = await openDatabase(server.url)
	const setReadOnly = async (value: 'on' | 'off') => {
		await administration.query(`alter system set default_transaction_read_only = ${value}`)
		await administration.query('select pg_reload_conf()')
	}
	await catalog.create(product())
	expect(await healthOf(catalog)).toBe('SERVING')

	await setReadOnly('on')
	await eventually(async () => expect(await healthOf(catalog)).toBe('NOT_SERVING'))
	expect(await errorOf(catalog.create(product({ sku: 'MUG-2' })))).toMatchObject({
		code: status.UNAVAILABLE,
		reason: 'DATABASE_UNAVAILABLE',
	})
	expect(await errorOf(catalog.hold('MUG-1', 1))).toMatchObject({
		code: status.UNAVAILABLE,
		reason: 'DATABASE_UNAVAILABLE',
	})
	expect(await catalog.get('MUG-1')).toMatchObject({ sku: 'MUG-1' })

	await setReadOnly('off')
	await eventually(async () => expect(await healthOf(catalog)).toBe('SERVING'))
	expect(await catalog.create(product({ sku: 'MUG-2' }))).toMatchObject({ sku: 'MUG-2' })
})

async function healthOf({ catalog }: TestCatalog): Promise<string> {
	const answer = await callUnary(catalog, healthRpcs.Check, { service: '' }, { timeoutMs: 60_000 })
	return answer.status
}
