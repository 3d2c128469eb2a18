import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTaskQueue } from '../../src/batching/task-queue.ts'

test('Tasks run in their order, a limited number in each turn, and tasks can queue further tasks', async () => {
	const inTurn = createTaskQueue(2)
	const ran: string[] = []
	const turns: string[][] = []
	for (const name of ['a', 'b', 'c', 'd']) inTurn(() => ran.push(name))
	inTurn(() => inTurn(() => ran.push('e')))
	expect(inTurn.waiting()).toBe(5)
	for (let count = 0; count < 4; count++) {
		await turn()
		turns.push(ran.splice(0))
	}
	expect(turns).toEqual([['a', 'b'], ['c', 'd'], [], ['e']])
	expect(inTurn.waiting()).toBe(0)
})

test('Data from a socket is read while tasks wait', async () => {
	await using server = createServer().listen(0, '127.0.0.1')
	await once(server, 'listening')
	const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
	const [peer] = (await once(server, 'connection')) as [Socket]
	const inTurn = createTaskQueue(1)
	const seen: (number | string)[] = []
	client.on('data', (data) => seen.push(String(data)))
	peer.write('answer')
	for (let task = 1; task <= 20; task++) inTurn(() => seen.push(task))
	while (seen.at(-1) !== 20) await turn()
	client.destroy()
	expect(seen).toContain('answer')
})
