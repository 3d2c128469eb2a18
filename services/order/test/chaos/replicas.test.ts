import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cluster, startCluster } from './shop/cluster.ts'
import { type FaultProxy, startFaultProxy } from './shop/fault-proxy.ts'
import { answerName, answersInTrouble, startWitness, type TimedAnswer, timedOrder } from './shop/timed-orders.ts'

const budgetMs = 1_000
const placedWithinMs = 30_000

type Load = {
	/** Begins no new orders, and waits until the begun ones are placed. Returns how often each was sent. */
	end(): Promise<number[]>
}

describe('a fault of one of three catalogs', () => {
	const opened = new AsyncDisposableStack()
	const proxies: FaultProxy[] = []
	let cluster: Cluster
	let sku: string
	let placed = 0

	beforeAll(async () => {
		while (proxies.length < 3) proxies.push(opened.use(await startFaultProxy()))
		const address = `ipv4:${proxies.map(({ port }) => `127.0.0.1:${port}`).join(',')}`
		const env = { REQUEST_BUDGET_MS: String(budgetMs), CATALOG_ADDRESS: address }
		cluster = opened.use(await startCluster({ engine: 'postgres', catalogs: 3, env }))
		for (const [index, proxy] of proxies.entries()) proxy.target(cluster.catalogs[index]?.port ?? 0)
		sku = await cluster.stocked(1_000_000)
		await cluster.settled()
	})
	afterAll(() => opened.disposeAsync())

	// Each fault is for another catalog, because the balancer avoids a failed one for a while.
	const faults: [string, () => Promise<void>, () => Promise<void>][] = [
		['dies', async () => cluster.catalogs[0]?.signal('SIGKILL'), async () => cluster.catalogs[0]?.start()],
		['hangs', async () => cluster.catalogs[1]?.signal('SIGSTOP'), async () => cluster.catalogs[1]?.signal('SIGCONT')],
		[
			'answers slowly',
			async () => proxies[2]?.begin({ kind: 'delay', delayMs: 3_000, jitterMs: 500 }),
			async () => proxies[2]?.end(),
		],
	]

	test.each(faults)(
		'no answer is late and every order is placed when one of three catalogs %s under load',
		async (_fault, begin, end) => {
			await using witness = startWitness(cluster.orderUrl())
			const answers: TimedAnswer[] = []
			const load = startLoad(async ({ key }) => {
				const answer = await timedOrder(cluster.orderUrl(), { key, sku, token: cluster.customerToken('customer') })
				answers.push(answer)
				return answer.status === 201
			})
			await sleep(500)
			await begin()
			await sleep(3_000)
			await end()
			await sleep(500)
			const attempts = await load.end()
			const graceMs = await witness.graceMs()
			for (const answer of answers) {
				expect(answerName(answer)).toBeOneOf([...answersInTrouble])
				expect(answer.tookMs, answerName(answer)).toBeLessThan(budgetMs + graceMs)
			}
			expect(attempts.length).toBeGreaterThan(20)
			placed += attempts.length
		},
	)

	test('the audit finds no breach after all faults', async () => {
		expect(await cluster.stock(sku)).toMatchObject({ onHand: 1_000_000, held: placed })
		await cluster.settled()
		expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
	})
})

test('a rolling restart of two replicas of each service costs no request more than one retry', async () => {
	await using cluster = await startCluster({
		engine: 'postgres',
		catalogs: 2,
		orders: 2,
		env: { DRAIN_DELAY_MS: '200' },
		// Longer than the order service needs to find the catalog that has just come back.
		catalogEnv: { DRAIN_DELAY_MS: '2500' },
	})
	const sku = await cluster.stocked(1_000_000)
	await cluster.settled()

	const load = startLoad(async ({ key, index, attempts }) => {
		// A repeated request goes to the other replica, as behind a load balancer.
		const url = cluster.orderUrl(index + attempts)
		const answer = await timedOrder(url, { key, sku, token: cluster.customerToken('customer') }).catch(() => undefined)
		return answer?.status === 201
	})
	for (const service of [...cluster.catalogs, ...cluster.orders]) {
		await sleep(300)
		await service.signal('SIGTERM')
		expect(service.exitCode).toBe(0)
		await service.start()
	}
	await sleep(300)
	const attempts = await load.end()
	expect(attempts.length).toBeGreaterThan(100)
	expect(Math.max(...attempts)).toBeLessThanOrEqual(2)
	expect(await cluster.stock(sku)).toMatchObject({ onHand: 1_000_000, held: attempts.length })
	await cluster.settled()
	expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
})

type LoadedOrder = { key: string; index: number; attempts: number }

/** Eight clients that place one order after another, and repeat each until it is placed. */
function startLoad(place: (order: LoadedOrder) => Promise<boolean>): Load {
	let ending = false
	const sent: number[] = []
	const shoppers = Array.from({ length: 8 }, async (_, index) => {
		while (!ending) {
			const key = randomUUID()
			const startedAt = performance.now()
			let attempts = 1
			for (; !(await place({ key, index, attempts })); attempts++) {
				expect(performance.now() - startedAt).toBeLessThan(placedWithinMs)
				await sleep(50 + Math.random() * 100)
			}
			sent.push(attempts)
			await sleep(10)
		}
	})
	const over = Promise.all(shoppers).finally(() => {
		ending = true
	})
	over.catch(() => {})
	return {
		async end() {
			ending = true
			await over
			return sent
		},
	}
}
