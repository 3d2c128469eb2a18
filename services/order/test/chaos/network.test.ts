import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cluster, startCluster } from './shop/cluster.ts'
import { type Fault, type FaultProxy, startFaultProxy } from './shop/fault-proxy.ts'
import { answerName, answersInTrouble, startWitness, type TimedAnswer, timedOrder } from './shop/timed-orders.ts'

const budgetMs = 600
const healsWithinMs = 5_000

const hindering: [string, Fault][] = [
	['a delay', { kind: 'delay', delayMs: 20, jitterMs: 0 }],
	['jitter', { kind: 'delay', delayMs: 0, jitterMs: 60 }],
	['very little bandwidth', { kind: 'bandwidth', bytesPerSecond: 1_000 }],
]
const blocking: [string, Fault][] = [
	['a delay longer than the budget', { kind: 'delay', delayMs: 2_000, jitterMs: 500 }],
	['resets in the middle of answers', { kind: 'reset' }],
	['a black hole', { kind: 'black hole' }],
	['a half-open connection', { kind: 'half-open' }],
	['a connection that the network has forgotten', { kind: 'forgotten' }],
	['garbage in place of answers', { kind: 'garbage' }],
	['a stopped listener', { kind: 'no listener' }],
]

describe('faults of the network between the order service and the catalog', () => {
	const opened = new AsyncDisposableStack()
	let proxy: FaultProxy
	let cluster: Cluster
	let sku: string
	const orderIds = new Map<string, string>()

	beforeAll(async () => {
		proxy = opened.use(await startFaultProxy())
		const env = { REQUEST_BUDGET_MS: String(budgetMs), CATALOG_ADDRESS: `127.0.0.1:${proxy.port}` }
		cluster = opened.use(await startCluster({ engine: 'postgres', env }))
		proxy.target(cluster.catalogs[0]?.port ?? 0)
		sku = await cluster.stocked(1_000_000)
		await settle([randomUUID()])
	})
	afterAll(() => opened.disposeAsync())

	const place = (key: string, timeoutS?: number) =>
		timedOrder(cluster.orderUrl(), { key, sku, token: cluster.customerToken('customer'), timeoutS })

	/** Places orders one after another, then at once. Expects every answer within the budget and from the contract. */
	async function placeInTrouble(): Promise<TimedAnswer[]> {
		await using witness = startWitness(cluster.orderUrl())
		const answers = [await place(randomUUID()), await place(randomUUID())]
		answers.push(...(await Promise.all(Array.from({ length: 10 }, () => place(randomUUID())))))
		const graceMs = await witness.graceMs()
		for (const answer of answers) {
			expect(answerName(answer)).toBeOneOf([...answersInTrouble])
			expect(answer.tookMs, answerName(answer)).toBeLessThan(budgetMs + graceMs)
			if (answer.status === 201) orderIds.set(answer.key, answer.id)
		}
		return answers
	}

	/** Repeats the requests until all orders are placed. Expects the same id for a key every time. */
	async function settle(keys: string[]): Promise<void> {
		const startedAt = performance.now()
		await Promise.all(
			keys.map(async (key) => {
				let answer = await place(key)
				while (answer.status !== 201) {
					expect(answerName(answer)).toBeOneOf([...answersInTrouble])
					expect(performance.now() - startedAt, answerName(answer)).toBeLessThan(healsWithinMs)
					await sleep(50 + Math.random() * 100)
					answer = await place(key)
				}
				expect(orderIds.get(key) ?? answer.id).toBe(answer.id)
				orderIds.set(key, answer.id)
			}),
		)
	}

	async function withFault<T>(fault: Fault, task: () => Promise<T>): Promise<T> {
		await proxy.begin(fault)
		try {
			return await task()
		} finally {
			await proxy.end()
		}
	}

	test.each(hindering)(
		'orders are answered within their budget during %s, and all are placed afterwards',
		async (_name, fault) => {
			const answers = await withFault(fault, placeInTrouble)
			await settle(answers.map(({ key }) => key))
		},
	)

	test.each(blocking)(
		'orders are refused within their budget during %s, and all are placed afterwards',
		async (_name, fault) => {
			const answers = await withFault(fault, placeInTrouble)
			expect(answers.map(answerName)).not.toContain('201')
			await settle(answers.map(({ key }) => key))
		},
	)

	test('orders are refused within their budget while the catalog accepts connections and never answers, and all are placed afterwards', async () => {
		const answers = await withFault({ kind: 'black hole' }, () => {
			proxy.disconnect()
			return placeInTrouble()
		})
		expect(answers.map(answerName)).not.toContain('201')
		await settle(answers.map(({ key }) => key))
	})

	test('a client with a shorter Request-Timeout is answered within it', async () => {
		await using witness = startWitness(cluster.orderUrl())
		const key = randomUUID()
		const answer = await withFault({ kind: 'black hole' }, () => place(key, 0.3))
		expect(answerName(answer)).toBeOneOf(['504 CATALOG_TIMEOUT', '504 REQUEST_TIMEOUT'])
		expect(answer.tookMs).toBeLessThan(300 + (await witness.graceMs()))
		await settle([key])
	})

	test('every order exists once after all faults, and the audit finds no breach', async () => {
		expect(new Set(orderIds.values()).size).toBe(orderIds.size)
		expect(await cluster.stock(sku)).toMatchObject({ onHand: 1_000_000, held: orderIds.size })
		await cluster.settled()
		expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
	})
})
