import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { startCluster } from './shop/cluster.ts'
import { placeOrder } from './shop/shop-client.ts'

test('two workers serve one port, a killed worker is replaced, and SIGTERM ends all', async () => {
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
	const { port } = new URL(cluster.orderUrl())
	// A worker must serve before it is killed: a worker that ends at its start ends the whole service.
	const twoWorkers = () =>
		eventually(() => expect(childrenOf(primary).filter((pid) => listensOn(pid, Number(port)))).toHaveLength(2))

	await twoWorkers()
	await buy(20)
	const [victim] = childrenOf(primary)
	process.kill(victim ?? 0, 'SIGKILL')
	await buy(20)
	await eventually(() => expect(childrenOf(primary)).not.toContain(victim))
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

// Compares the open files of the process with the table of sockets (proc_net_tcp, proc_pid_fd).
function listensOn(pid: number, port: number): boolean {
	const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
	const isListening = (fields: string[]) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === '0A'
	const sockets = readFileSync('/proc/net/tcp', 'utf8')
		.split('\n')
		.map((line) => line.trim().split(/ +/))
	const links = new Set(sockets.filter(isListening).map((fields) => `socket:[${fields[9]}]`))
	try {
		return readdirSync(`/proc/${pid}/fd`).some((fd) => links.has(readlinkSync(`/proc/${pid}/fd/${fd}`)))
	} catch {
		return false
	}
}
