import { Gauge } from '@mercat/service/metrics'
import type pg from 'pg'

type Pool = Pick<pg.Pool, 'idleCount' | 'totalCount' | 'waitingCount'>

const pools = new Set<Pool>()

const gauge = new Gauge({
	name: 'mercat_db_pool',
	help: 'Connections to the database that are idle or used, and statements that wait for one.',
	labelNames: ['state'],
	collect() {
		const sum = (count: (pool: Pool) => number) => [...pools].reduce((total, pool) => total + count(pool), 0)
		idle.set(sum(({ idleCount }) => idleCount))
		used.set(sum(({ totalCount, idleCount }) => totalCount - idleCount))
		waiting.set(sum(({ waitingCount }) => waitingCount))
	},
})
const idle = gauge.labels('idle')
const used = gauge.labels('used')
const waiting = gauge.labels('waiting')

/** Adds a pool to the gauge, which is read at each scrape. Returns the function that takes it out again. */
export function showPool(pool: Pool): () => void {
	pools.add(pool)
	return () => pools.delete(pool)
}
