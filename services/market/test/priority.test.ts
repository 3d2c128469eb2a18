import { constants, getPriority } from 'node:os'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { serviceProcess } from './chaos/live/service-process.ts'
import { marketEnvironment, sourcesFile } from './open-market.ts'

test('a market gives way to the other processes of its machine', async () => {
	await using database = await createTestDatabase('postgres')
	using file = sourcesFile([{ name: 'metals', url: 'ws://127.0.0.1:1', allowPrivate: true }])
	await using child = serviceProcess('market', marketEnvironment(database.url, '127.0.0.1:1', file.path))
	await child.start()
	expect(getPriority(child.pid)).toBe(constants.priority.PRIORITY_BELOW_NORMAL)
})
