import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { type ClaimedSource, keepSource } from '../../src/sources/keep-source.ts'
import { createSourceStore } from '../../src/sources/source-store.ts'
import { openEmptyDatabase } from '../empty-database.ts'

const silent = { error() {}, warn() {}, info() {} }
const quick = { renewMs: 20, claimMs: 20 }

type Store = Pick<ReturnType<typeof createSourceStore>, 'claim' | 'renew' | 'release'>

/** A process that follows the source "metals", with what it does. */
function startProcess(store: Store, needs: { follow?(source: ClaimedSource): Promise<void> } = {}) {
	const followed: ClaimedSource[] = []
	let isFollowing = false
	let lose = () => {}
	const kept = keepSource(
		{
			...store,
			async follow(source, lost) {
				await needs.follow?.(source)
				followed.push(source)
				isFollowing = true
				lose = lost
				return {
					async [Symbol.asyncDispose]() {
						isFollowing = false
					},
				}
			},
			log: silent,
		},
		'metals',
		quick,
	)
	return {
		followed,
		isFollowing: () => isFollowing,
		lose: () => lose(),
		follows: () => eventually(() => expect(isFollowing && kept.isFollowed()).toBe(true)),
		stops: () => eventually(() => expect(isFollowing).toBe(false)),
		[Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
	}
}

describe.each(engines)('on %s', (engine) => {
	async function openStore() {
		const opened = await openEmptyDatabase(engine)
		// With several processes, as on a server.
		const store = createSourceStore({ query: opened.database.query, engine: 'postgres' })
		await store.addSources(['metals'])
		return { store, database: opened.database, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
	}

	test('one process follows a source, and another one takes over when it stops', async () => {
		await using opened = await openStore()
		await using stack = new AsyncDisposableStack()
		const one = stack.use(startProcess(opened.store))
		await one.follows()
		const other = stack.use(startProcess(opened.store))
		await one[Symbol.asyncDispose]()
		await other.follows()
		expect(one.isFollowing()).toBe(false)
		expect(one.followed).toHaveLength(1)
		expect(other.followed).toMatchObject([{ name: 'metals', block: 0, foldedSeq: null }])
	})

	test('a process that loses its source stops following it, and takes it again when it can', async () => {
		await using opened = await openStore()
		await using one = startProcess(opened.store)
		await one.follows()
		const thief = randomUUID()
		await opened.database.query('update source set owner = $1::uuid', [thief])
		await one.stops()
		await opened.store.release('metals', thief)
		await one.follows()
		expect(one.followed).toHaveLength(2)
		expect(one.followed[0]?.owner).not.toBe(one.followed[1]?.owner)
	})

	test('a process that finds its row changed gives the source back and claims it again', async () => {
		await using opened = await openStore()
		await using one = startProcess(opened.store)
		await one.follows()
		one.lose()
		await eventually(() => expect(one.followed).toHaveLength(2))
	})
})

test('a source that cannot be followed at first is tried again', async () => {
	await using opened = await openEmptyDatabase('postgres')
	const store = createSourceStore(opened.database)
	await store.addSources(['metals'])
	let attempts = 0
	await using one = startProcess(store, {
		async follow() {
			if (++attempts < 2) throw new Error('not yet')
		},
	})
	await one.follows()
	expect(attempts).toBe(2)
})

test('while the database does not answer, a process goes on following', async () => {
	await using opened = await openEmptyDatabase('postgres')
	const store = createSourceStore(opened.database)
	await store.addSources(['metals'])
	let renewals = 0
	await using one = startProcess({
		...store,
		async renew() {
			renewals++
			throw new Error('the database is gone')
		},
	})
	await one.follows()
	await eventually(() => expect(renewals).toBeGreaterThan(3))
	expect(one.isFollowing()).toBe(true)
	expect(one.followed).toHaveLength(1)
})
