import { setImmediate } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { startPostgresServer } from '../../src/postgres/postgres-server.ts'
import { openServerSession } from '../../src/postgres/server-session.ts'

test('a session is opened anew after its server was away', async () => {
	await using server = await startPostgresServer()
	const send = openServerSession(server.url)
	await server.stop()
	await expect(send('select 1')).rejects.toThrow('ECONNREFUSED')
	await server.start()
	await send('select 1')
	await server.stop()
	await server.start()
	await send('select 1')
})

test('statements that come at the same time are sent one after the other, also after one that fails', async () => {
	const warnings: Error[] = []
	process.on('warning', (warning) => warnings.push(warning))
	const send = openServerSession(inject('postgresUrl'))
	const sent = await Promise.allSettled(['select 1', 'no statement', 'select 2', 'select 3'].map(send))
	expect(sent.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
	await setImmediate()
	// The driver warns of a statement that waits behind another one.
	expect(warnings).toEqual([])
})
