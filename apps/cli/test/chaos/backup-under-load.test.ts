import { join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { chaosTimes } from '@mercat/testing/chaos-times'
import { runMercat } from '@mercat/testing/run-mercat'
import { expect, test } from 'vitest'
import { type RunningShop, runShop, type ShopUrls } from '../backup/running-shop.ts'
import { lack, startToolsServer, type ToolsServer } from '../backup/tools-server.ts'

/** CHAOS_TIMES makes the test longer: `pnpm soak backup` has 20 rounds. */
const rounds = Math.max(2, chaosTimes)

const optionsOf = ({ catalog, order, market }: ShopUrls) => [
	...['--catalog-db', catalog],
	...['--order-db', order],
	...['--market-db', market],
]

test.skipIf(lack !== undefined)(
	`each of ${rounds} backups under load is restored to databases that the audit finds sound, with all that customers knew before`,
	{ timeout: 3_600_000 },
	async () => {
		await using server = await startToolsServer()
		await using opened = new AsyncDisposableStack()
		const urls = await createShop(server, opened)
		{
			await using shop = await runShop(urls)
			for (let round = 1; round <= rounds; round++) {
				await using restored = new AsyncDisposableStack()
				const copies = await createShop(server, restored)
				console.log(`round ${round}: ${await roundTrip(shop, urls, copies, join(server.folder, String(round)))}`)
				if (round < rounds) continue
				// The services go on with what was restored.
				{
					await using again = await runShop(copies)
					await again.answered(100)
				}
				await expectSound(['audit', ...optionsOf(copies)])
			}
		}
		await expectSound(['audit', ...optionsOf(urls)])
	},
)

/** Returns what the backup told and what was restored, in words. */
async function roundTrip(shop: RunningShop, urls: ShopUrls, copies: ShopUrls, folder: string): Promise<string> {
	await shop.answered(60)
	const known = shop.placed()
	const made = await expectSound(['backup', folder, ...optionsOf(urls)])
	const restored = await expectSound(['restore', folder, ...optionsOf(copies)])
	await using orders = await openDatabase(copies.order)
	const [found] = await orders.query<{ known: number; all: number; pending: number; statuses: string }>(
		`select count(*) filter (where id = any($1::uuid[])) as known, count(*) as all,
			(select count(*) from outbox where state = 'pending') as pending,
			(select string_agg(format('%s %s', count, status), ', ' order by status)
				from (select status, count(*) from orders group by status) as counts) as statuses
		from orders`,
		[known],
	)
	expect(found?.known).toBe(known.length)
	await using market = await openDatabase(copies.market)
	const [prices] = await market.query<{ sent: number }>('select upto_block as sent from apply_round')
	const [waited] = made.stdout.match(/waited for \d+ ms/) ?? []
	const repaired = restored.stdout.match(/^repaired: .*/gm) ?? []
	return `${found?.all} orders (${found?.statuses}), ${found?.pending} pending messages, ${prices?.sent} blocks of prices; transitions ${waited}; ${repaired.join('; ')}`
}

async function expectSound(args: string[]) {
	const result = await runMercat(args)
	expect(result, `${result.stdout}${result.stderr}`).toMatchObject({ exitCode: 0, stderr: '' })
	return result
}

async function createShop(server: ToolsServer, opened: AsyncDisposableStack): Promise<ShopUrls> {
	const create = async () => opened.use(await server.create()).url
	return { catalog: await create(), order: await create(), market: await create() }
}
