import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrationsFolder as catalogMigrations } from '@mercat/catalog/server'
import { openDatabase } from '@mercat/database/database'
import { lockFolder } from '@mercat/database/folder-lock'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { migrationsFolder as orderMigrations } from '@mercat/order/server'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'mercat-embedded-'))
const dataDir = join(folder, 'shop')
const backup = join(folder, 'backup')
const word = 'select words from search_synonym'

beforeAll(async () => {
	for (const [service, migrations] of Object.entries({ catalog: catalogMigrations, order: orderMigrations })) {
		await using migrated = await createMigratedDatabase('pglite', migrations)
		cpSync(migrated.url.slice('pglite:'.length), join(dataDir, service), { recursive: true })
	}
	await using catalog = await openDatabase(`pglite:${join(dataDir, 'catalog')}`)
	await catalog.query("insert into search_synonym (id, words, meanings) values (1, '{mug}', '{cup}')")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('Embedded databases are copied while they are closed, and come back in another folder, where the audit finds no breach', async () => {
	{
		using user = new DisposableStack()
		user.defer(lockFolder(join(dataDir, 'catalog')))
		const { exitCode, stderr } = await runMercat(['backup', backup], { DATA_DIR: dataDir })
		expect(exitCode).toBe(2)
		expect(stderr).toMatch(/\/catalog: the embedded database is in use by process \d+.*: stop Mercat first\./)
		expect(existsSync(backup)).toBe(false)
	}
	const made = await runMercat(['backup', backup], { DATA_DIR: dataDir })
	expect(made, made.stderr).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^catalog .*\norder .*\n/) })
	expect(readdirSync(backup).sort()).toEqual(['catalog', 'manifest.json', 'order'])
	// Nobody else may read the orders.
	expect(statSync(backup).mode & 0o777).toBe(0o700)
	expect(readdirSync(dataDir).sort()).toEqual(['catalog', 'order'])

	const again = join(folder, 'again')
	const restored = await runMercat(['restore', backup], { DATA_DIR: again })
	expect(restored, restored.stdout).toMatchObject({ exitCode: 0, stderr: '' })
	expect(restored.stdout.match(/^\d+ ok /gm)).toHaveLength(11)
	expect(readdirSync(again).sort()).toEqual(['catalog', 'order'])
	{
		await using catalog = await openDatabase(`pglite:${join(again, 'catalog')}`)
		expect(await catalog.query(word)).toEqual([{ words: ['mug'] }])
	}

	expect(await runMercat(['restore', backup], { DATA_DIR: again })).toMatchObject({
		exitCode: 2,
		stderr: `mercat: ${join(again, 'catalog')} is not empty: set DATA_DIR to a new folder, or move this one away\n`,
	})
	rmSync(join(backup, 'order', 'PG_VERSION'))
	expect(await runMercat(['restore', backup], { DATA_DIR: join(folder, 'third') })).toMatchObject({
		exitCode: 2,
		stderr: 'mercat: the backup is damaged: order/PG_VERSION is missing\n',
	})
	expect(existsSync(join(folder, 'third'))).toBe(false)
}, 240_000)

test('A backup of embedded databases is not restored into PostgreSQL', async () => {
	const args = [
		'restore',
		backup,
		'--catalog-db',
		'postgres://x@127.0.0.1:1/x',
		'--order-db',
		'postgres://x@127.0.0.1:1/y',
	]
	expect(await runMercat(args)).toMatchObject({
		exitCode: 2,
		stderr: expect.stringMatching(/^mercat: the backup is of embedded databases, which go back to embedded ones/),
	})
})
