import { join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { runMercat } from '@mercat/testing/run-mercat'
import { expect, test } from 'vitest'
import { type RunningShop, runShop, type ShopUrls } from '../backup/running-shop.ts'
import { lack, startToolsServer, type ToolsServer } from '../backup/tools-server.ts'

/** CHAOS_TIMES makes the test longer: `pnpm soak backup` has 20 rounds. */
const times = Number(process.env['CHAOS_TIMES'] ?? 1)
const rounds = times === 1 ? 2 : times

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
		const waits: number[] = []
		{
			await using shop = await runShop(urls)
			for (let round = 1; round <= rounds; round++) {
				await using restored = new AsyncDisposableStack()
				const copies = await createShop(server, restored)
				waits.push(await roundTrip(shop, urls, copies, join(server.folder, String(round))))
				if (round < rounds) continue
				// The services go on with what was restored.
				{
					await using again = await runShop(copies)
					await again.answered(100)
				}
				await expectSound(['audit', ...optionsOf(copies)])
			}
		}
		console.log(`transitions waited for at most ${waits.join(', ')} ms`)
		await expectSound(['audit', ...optionsOf(urls)])
	},
)

/** Returns for how many milliseconds the backup let transitions wait. */
async function roundTrip(shop: RunningShop, urls: ShopUrls, copies: ShopUrls, folder: string): Promise<number> {
	await shop.answered(60)
	const known = shop.placed()
	const { stdout } = await expectSound(['backup', folder, ...optionsOf(urls)])
	await expectSound(['restore', folder, ...optionsOf(copies)])
	await using orders = await openDatabase(copies.order)
	const [found] = await orders.query<{ count: number }>(
		'select count(*) from orders where id = any($1::uuid[])',
		[known],
	)
	expect(found?.count).toBe(known.length)
	return Number(/waited for (\d+) ms/.exec(stdout)?.[1])
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
