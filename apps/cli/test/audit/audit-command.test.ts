import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { runMercat } from '@mercat/testing/run-mercat'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, inject, test } from 'vitest'
import { changeDatabases, copyDatabases, readResult, runAuditCommand } from './audit-databases.ts'
import { type DatabaseUrls, fillDatabases } from './healthy-shop.ts'
import { addWebhook } from './healthy-webhook.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

test('The audit of a healthy shop finds no breach', async () => {
	expect(readResult(await runAuditCommand(healthy.urls))).toEqual({ exitCode: 0, stderr: '', broken: {} })
})

test('The audit shows ten breaches of an invariant and counts the others', async () => {
	await using copy = await copyDatabases(healthy.urls, {
		catalog: [
			`insert into reservation select gen_random_uuid(), 'committed', '[]', 'EUR', 0, clock_timestamp() from generate_series(1, 600)`,
		],
	})
	const { exitCode, broken } = readResult(await runAuditCommand(copy.urls))
	expect([exitCode, Object.keys(broken)]).toEqual([1, ['4']])
	expect(broken[4]?.match(/there is no such order/g)).toHaveLength(10)
	expect(broken[4]).toMatch(/; and 590 more$/)
})

test('The audit names a database that it cannot check, and exits with 2', async () => {
	await using empty = await createTestDatabase('postgres')
	await using earlier = await copyDatabases(healthy.urls, { order: ['drop table webhook_delivery, webhook, event'] })
	await using earlierCatalog = await copyDatabases(healthy.urls, { catalog: ['drop table held_price, feed_run, feed'] })
	const unknown = new URL(healthy.urls.order)
	unknown.pathname = '/nobody_has_created_this'
	const cases: [string, DatabaseUrls, RegExp][] = [
		['swapped', { catalog: healthy.urls.order, order: healthy.urls.catalog }, /the catalog database has no schema/],
		['empty', { ...healthy.urls, order: empty.url }, /the order database has no schema/],
		['earlier catalog', earlierCatalog.urls, /the catalog database has the schema of an earlier version/],
		['earlier', earlier.urls, /the order database has the schema of an earlier version/],
		['unknown', { ...healthy.urls, order: unknown.href }, /the order database does not exist on that server/],
		[
			'nowhere',
			{ ...healthy.urls, catalog: 'postgres://postgres@127.0.0.1:1/x' },
			/the catalog database does not answer/,
		],
		[
			'no folder',
			{ ...healthy.urls, catalog: 'pglite:/nowhere/at/all' },
			/\/nowhere\/at\/all: there is no embedded database/,
		],
	]
	for (const [what, urls, message] of cases) {
		const { exitCode, stdout, stderr } = await runAuditCommand(urls)
		expect([exitCode, stdout], what).toEqual([2, ''])
		expect(stderr).toMatch(message)
		expect(stderr.trim().split('\n'), what).toHaveLength(1)
	}
})

test('The audit says in one line that its user has no right to a table', async () => {
	const auditor = `auditor_${process.pid}`
	await using copy = await copyDatabases(healthy.urls, {
		order: [`create role ${auditor} login`, `grant select on outbox to ${auditor}`],
	})
	const asAuditor = new URL(copy.urls.order)
	asAuditor.username = auditor
	const { exitCode, stdout, stderr } = await runAuditCommand({ ...copy.urls, order: asAuditor.href })
	await changeDatabases(copy.urls, { order: [`drop owned by ${auditor}`, `drop role ${auditor}`] })
	expect([exitCode, stdout]).toEqual([2, ''])
	expect(stderr).toMatch(
		/^mercat: permission denied for table \w+: use the URL of the user who owns the database, or grant this right\n$/,
	)
})

test('Without options, the audit checks the embedded databases in DATA_DIR, or names the process that has one open', async () => {
	await using file = await createTestDatabase('pglite')
	const dataDir = join(file.url.slice('pglite:'.length), '../shop')
	const urls = { catalog: `pglite:${join(dataDir, 'catalog')}`, order: `pglite:${join(dataDir, 'order')}` }
	const auditIn = () => runMercat(['audit'], { DATA_DIR: dataDir })
	expect(await auditIn()).toMatchObject({
		exitCode: 2,
		stdout: '',
		stderr: expect.stringContaining(`${join(dataDir, 'catalog')}: there is no embedded database`),
	})

	for (const service of ['catalog', 'order']) {
		cpSync(inject('pgliteTemplate'), join(dataDir, service), { recursive: true })
	}
	const { sku, ids } = await fillDatabases(urls)
	expect(readResult(await auditIn())).toEqual({ exitCode: 0, stderr: '', broken: {} })

	for (const service of ['catalog', 'order'] as const) {
		await using _user = await openDatabase(urls[service])
		expect(await auditIn()).toMatchObject({
			exitCode: 2,
			stdout: '',
			stderr: expect.stringMatching(
				new RegExp(`/${service}: the embedded database is in use by process ${process.pid};`),
			),
		})
	}

	await changeDatabases(urls, {
		catalog: ['update stock set held = held + 1'],
		order: [
			...addWebhook(ids),
			'delete from webhook_delivery where position = 3',
			'delete from event where position = 5',
		],
	})
	const { exitCode, broken } = readResult(await auditIn())
	expect([exitCode, Object.keys(broken)]).toEqual([1, ['1', '7']])
	expect(broken[1]).toContain(`${sku}: on hand 94, held 3, held by reservations 2`)
	expect(broken[7]).toMatch(/: version \d has no event; webhook \S+: its cursor has passed event 3 without a delivery$/)
}, 240_000)
