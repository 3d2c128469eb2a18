import { Gauge } from '@mercat/service/metrics'
import type pg from 'pg'

type Pool = Pick<pg.Pool, 'idleCount' | 'totalCount' | 'waitingCount'>

type Shown = { pool: Pool; queue?: { readonly size: number } | undefined }

const pools = new Set<Shown>()

const gauge = new Gauge({
	name: 'mercat_db_pool',
	help: 'Connections to the database that are idle or used, and statements that wait for one.',
	labelNames: ['state'],
	collect() {
		const sum = (count: (shown: Shown) => number) => [...pools].reduce((total, shown) => total + count(shown), 0)
		idle.set(sum(({ pool }) => pool.idleCount))
		used.set(sum(({ pool }) => pool.totalCount - pool.idleCount))
		waiting.set(sum(({ pool, queue }) => pool.waitingCount + (queue?.size ?? 0)))
	},
})
const idle = gauge.labels('idle')
const used = gauge.labels('used')
const waiting = gauge.labels('waiting')

/**
 * Adds a pool to the gauge, which is read at each scrape. Returns the function that takes it out again.
 *
 * @param queue statements that wait before they ask the pool
 */
export function showPool(pool: Pool, queue?: Shown['queue']): () => void {
	const shown = { pool, queue }
	pools.add(shown)
	return () => pools.delete(shown)
}
