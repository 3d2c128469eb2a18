import { startTestCatalog } from '@mercat/catalog/testing/start-catalog'
import { openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { startExchange } from '@mercat/market-exchange/exchange'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { encodeTicks } from '../../src/folding/blocks/tick-codec.ts'
import { migrationsFolder } from '../../src/server.ts'
import { judgedTicks } from '../analyses/judged-ticks.ts'
import { partitionsOf } from '../market-database.ts'
import { marketEnvironment, marketToken, sourcesFile } from '../open-market.ts'
import { serviceProcess } from './live/service-process.ts'

const blocks = 1_500
const authorization = `Bearer ${marketToken('market:manage')}`

/** Stores the same ticks again and again, so many that to judge them takes seconds. */
async function storeManyTicks(url: string): Promise<void> {
	await using database = await openDatabase(url)
	const nowMs = Date.now()
	await partitionsOf(database, nowMs)()
	const ticks = encodeTicks(judgedTicks({ atMs: nowMs - 60_000 }).take(2_000))
	await database.query(
		`insert into tick_block (source, block, first_seq, last_seq, begun_at, tick_count, ticks)
		select 'metals', block, block, block, to_timestamp($1::float8 / 1000), 2000, $2 from generate_series(1, $3::int) as block`,
		[nowMs - 30_000, ticks, blocks],
	)
}

describe.each(engines)('a market on %s that is killed during an analysis', (engine) => {
	test('tells that the analysis has failed, and runs the next one', async () => {
		await using opened = new AsyncDisposableStack()
		const exchange = opened.use(await startExchange())
		const catalog = opened.use(await startTestCatalog(engine))
		const { url } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
		await storeManyTicks(url)
		const file = opened.use(sourcesFile([{ name: 'metals', url: exchange.url, allowPrivate: true }]))
		const market = opened.use(serviceProcess('market', marketEnvironment(url, catalog.address, file.path)))

		async function ask(path: string, init: RequestInit = {}) {
			const headers = { authorization, 'content-type': 'application/json' }
			const answer = await fetch(`http://127.0.0.1:${market.port}${path}`, { ...init, headers })
			return (await answer.json()) as { id: string; status: string; progress: { ticks: number } }
		}
		const begin = () => ask('/v1/analyses', { method: 'POST', body: JSON.stringify({ source: 'metals' }) })
		const read = ({ id }: { id: string }) => ask(`/v1/analyses/${id}`)

		await market.start()
		const killed = await begin()
		const next = await begin()
		await eventually(async () => {
			const { status, progress } = await read(killed)
			expect(status).toBe('running')
			expect(progress.ticks).toBeGreaterThan(0)
		})
		await market.kill()
		await market.start()
		await eventually(async () => {
			const failed = { status: 'failed', reason: 'The process that ran it has ended.' }
			expect(await read(killed)).toMatchObject(failed)
		})
		await eventually(async () => {
			expect(await read(next)).toMatchObject({ status: 'done', result: { ticks: blocks * 2_000, missingBlocks: 0 } })
		})
	})
})
