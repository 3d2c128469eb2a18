import { expect, test } from 'vitest'
import { watchFact } from '../../src/status/watched-fact.ts'

/** Searches that end when the test says so. */
function controlledSearch() {
	const searches: PromiseWithResolvers<string>[] = []
	const search = () => {
		const begun = Promise.withResolvers<string>()
		searches.push(begun)
		return begun.promise
	}
	return { search, searches }
}

test('a fact is known when its search has ended, and no longer when the next one fails', async () => {
	const { search, searches } = controlledSearch()
	const fact = watchFact(search, 10_000)
	expect(fact.known()).toBeUndefined()
	const looked = fact.look()
	searches[0]?.resolve('found')
	await looked
	expect(fact.known()).toBe('found')
	const lookedAgain = fact.look()
	expect(fact.known()).toBe('found')
	searches[1]?.reject(new Error('down'))
	await lookedAgain
	expect(fact.known()).toBeUndefined()
})

test('a search that hangs is the only one, and makes the fact unknown until it ends', async () => {
	const { search, searches } = controlledSearch()
	const fact = watchFact(search, 50)
	const first = fact.look()
	searches[0]?.resolve('found')
	await first
	await fact.look()
	expect(fact.known()).toBeUndefined()
	await fact.look()
	expect(searches).toHaveLength(2)
	searches[1]?.resolve('found late')
	await searches[1]?.promise
	await Promise.resolve()
	expect(fact.known()).toBe('found late')
	void fact.look()
	expect(searches).toHaveLength(3)
	searches[2]?.resolve('end')
})
