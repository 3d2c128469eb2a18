import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { startCluster } from './cluster.ts'
import { placeOrder } from './shop-client.ts'

test('two workers serve one port, one that is killed is replaced, and SIGTERM ends them all', async () => {
	await using cluster = await startCluster({ engine: 'postgres', env: { WORKERS: '2' } })
	const [order] = cluster.orders
	const primary = order?.pid ?? 0
	const sku = await cluster.stocked(100)
	const buy = async (count: number) => {
		const orders = Array.from({ length: count }, () => {
			const attempt = {
				url: cluster.orderUrl(),
				token: cluster.customerToken(randomUUID()),
				key: randomUUID(),
				items: [{ sku, quantity: 1 }],
			}
			return placeOrder(() => attempt)
		})
		for (const { status } of await Promise.all(orders)) expect(status).toBe(201)
	}
	const twoWorkers = () => vi.waitFor(() => expect(childrenOf(primary)).toHaveLength(2), { timeout: 20_000 })

	await twoWorkers()
	await buy(20)
	const [victim] = childrenOf(primary)
	process.kill(victim ?? 0, 'SIGKILL')
	await buy(20)
	await vi.waitFor(() => expect(childrenOf(primary)).not.toContain(victim), { timeout: 20_000 })
	await twoWorkers()
	await buy(20)

	const workers = childrenOf(primary)
	await order?.signal('SIGTERM')
	expect(order?.exitCode).toBe(0)
	for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
	expect(await cluster.stock(sku)).toMatchObject({ onHand: 100, held: 60 })
	expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
})

function childrenOf(pid: number): number[] {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
	return children.split(' ').filter(Boolean).map(Number)
}
