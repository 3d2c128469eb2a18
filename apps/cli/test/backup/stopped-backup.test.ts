import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { migrationsFolder as catalogMigrations } from '@mercat/catalog/server'
import { type Database, openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { migrationsFolder as orderMigrations } from '@mercat/order/server'
import { eventually } from '@mercat/testing/eventually'
import { mercat, runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cutConsistently } from '../../src/backup/consistent-cut.ts'
import { lack, startToolsServer, type ToolsServer } from './tools-server.ts'

describe.skipIf(lack !== undefined)('While a backup is made,', () => {
	const opened = new AsyncDisposableStack()
	let server: ToolsServer
	let urls: { catalog: string; order: string }
	let catalog: Database
	let order: Database

	beforeAll(async () => {
		server = opened.use(await startToolsServer())
		urls = { catalog: opened.use(await server.create()).url, order: opened.use(await server.create()).url }
		catalog = opened.use(await openDatabase(urls.catalog))
		order = opened.use(await openDatabase(urls.order))
		await migrate(catalog, catalogMigrations)
		await migrate(order, orderMigrations)
	})
	afterAll(() => opened.disposeAsync())

	const options = () => ['--catalog-db', urls.catalog, '--order-db', urls.order]
	const locksOfOutbox = () =>
		order.query("select mode from pg_locks where relation = 'outbox'::regclass and mode = 'ShareLock'")

	/** Starts a backup, and resolves when its pg_dump waits for a table that another session keeps. */
	async function startBackup(folder: string) {
		const child = spawn(mercat, ['backup', folder, ...options()], {
			env: { PATH: process.env['PATH'] },
			stdio: 'ignore',
		})
		const ended = once(child, 'exit')
		await eventually(async () => {
			const waiting = await catalog.query(
				"select pid from pg_stat_activity where application_name = 'mercat-backup' and wait_event_type = 'Lock'",
			)
			expect(waiting).toHaveLength(1)
		})
		return { child, ended }
	}

	test('a kill leaves no lock, and no folder that could be restored', async () => {
		const folder = join(server.folder, 'killed')
		await catalog.transaction(async ({ query }) => {
			await query('set local idle_in_transaction_session_timeout = 0')
			await query('lock table product in access exclusive mode')
			const { child, ended } = await startBackup(folder)
			child.kill('SIGKILL')
			await ended
			await eventually(async () => expect(await locksOfOutbox()).toEqual([]))
		})
		expect(await runMercat(['restore', folder, ...options()])).toMatchObject({
			exitCode: 2,
			stderr: `mercat: ${folder} has no manifest.json: it is no backup, or one that did not come to its end\n`,
		})
		expect(readdirSync(folder)).not.toContain('manifest.json')
	})

	test('a Ctrl-C ends it and removes its folder', async () => {
		const folder = join(server.folder, 'stopped')
		await catalog.transaction(async ({ query }) => {
			await query('set local idle_in_transaction_session_timeout = 0')
			await query('lock table product in access exclusive mode')
			const { child, ended } = await startBackup(folder)
			child.kill('SIGINT')
			expect(await ended).toEqual([130, null])
		})
		expect(existsSync(folder)).toBe(false)
	})

	test('orders are placed between the copies, and no transition is written', async () => {
		const seen: string[] = []
		await cutConsistently({ catalog, order }, async (service) => {
			seen.push(service)
			await order.transaction(async ({ query }) => {
				await query(`
					insert into orders (id, customer_id, idempotency_key, fingerprint, status, items, currency, total_minor, details,
						placed_at, updated_at, expires_at, history)
					values (gen_random_uuid(), 'alice', '${service}', decode(repeat('00', 32), 'hex'), 'placed', '[]', 'EUR', 0, '{}', now(), now(), now(), '[]')`)
			})
			const writing = order.transaction(async ({ query }) => {
				await query("set local lock_timeout = '50ms'")
				await query(
					"insert into outbox (order_id, version, destination, type) values (gen_random_uuid(), 2, 'catalog', 'commit')",
				)
			})
			await expect(writing).rejects.toMatchObject({ cause: { code: '55P03' } })
		})
		expect(seen).toEqual(['order', 'catalog'])
		expect(await locksOfOutbox()).toEqual([])
		await order.query('delete from orders')
	})

	test('a transaction that has written a command is waited for, and the copies come after it', async () => {
		let ended = false
		let cut: Promise<number> | undefined
		await order.transaction(async ({ query }) => {
			await query('update outbox set attempts = 0 where false')
			cut = cutConsistently({ catalog, order }, async () => {
				expect(ended).toBe(true)
			})
			cut.catch(() => {})
			await eventually(async () => {
				const waiting = await catalog.query(
					"select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'lock table outbox%'",
				)
				expect(waiting).toHaveLength(1)
			})
			ended = true
		})
		await cut
	})

	test('the server ends a lock whose command does not go on, and then the copies do not count', async () => {
		const cutting = cutConsistently({ catalog, order }, async (service) => {
			if (service === 'catalog') await eventually(async () => expect(await locksOfOutbox()).toEqual([]))
		})
		await expect(cutting).rejects.toThrow(/^a server has ended the lock on the writers of commands/)
	})

	test('transactions that keep the table of commands for too long are named', async () => {
		await order.transaction(async ({ query }) => {
			await query("set local application_name = 'a long report'")
			await query('update outbox set attempts = 0 where false')
			const cutting = cutConsistently({ catalog, order }, async () => {}, { giveUpAfterMs: 0 })
			await expect(cutting).rejects.toThrow(
				/^other transactions keep the table outbox of the order database: a long report \(process \d+\)\. End them, and try again$/,
			)
		})
	})
})
