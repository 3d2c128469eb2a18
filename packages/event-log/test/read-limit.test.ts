import { expect, test } from 'vitest'
import { createReadLimit } from '../src/read-limit.ts'

test('a limit lets so many reads be under way, and the others wait in their order', async () => {
	const limit = createReadLimit({ most: 2 })
	const begun: number[] = []
	const ends: (() => void)[] = []
	const reads = [0, 1, 2, 3].map((index) =>
		limit(() => {
			begun.push(index)
			const { promise, resolve } = Promise.withResolvers<number>()
			ends[index] = () => resolve(index)
			return promise
		}),
	)
	expect(begun).toEqual([0, 1])
	ends[1]?.()
	expect(await reads[1]).toBe(1)
	expect(begun).toEqual([0, 1, 2])
	ends[2]?.()
	expect(await reads[2]).toBe(2)
	expect(begun).toEqual([0, 1, 2, 3])
	ends[0]?.()
	ends[3]?.()
	expect(await Promise.all(reads)).toEqual([0, 1, 2, 3])
})

test.each([false, true])('a read that fails leaves its place to the next one (with pauses: %s)', async (rests) => {
	const limit = createReadLimit({ most: 1, rests })
	const failing = limit(() => Promise.reject(new Error('no answer')))
	const next = limit(async () => 'read')
	await expect(failing).rejects.toThrow('no answer')
	expect(await next).toBe('read')
})
