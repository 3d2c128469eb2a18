import { expect, test, vi } from 'vitest'
import { lookBack } from '../../src/changes/availability/look-back.ts'

const atMs = 1_000_000

function needsOf(noted: [sku: string, atMs: number][]) {
	return {
		readNoted: vi.fn(async (_sinceMs: number, limit: number) =>
			noted.slice(0, limit).map(([sku, atMs]) => ({ sku, atMs })),
		),
		readQuantities: async (skus: readonly string[]) => ({
			atMs: atMs + 1,
			quantities: skus.map((sku) => ({ sku, available: 1 })),
		}),
	}
}

const skusOf = ({ quantities }: { quantities: { sku: string }[] }) => quantities.map(({ sku }) => sku)

test('a note may be committed ten seconds after its time', async () => {
	const needs = needsOf([
		['C', atMs - 5_000],
		['B', atMs - 15_000],
	])
	const found = await lookBack(needs, { lookedSinceMs: 0, atMs }, { lookBackMs: 60_000 })
	expect(needs.readNoted.mock.calls[0]?.[0]).toBe(atMs - 70_000)
	expect(found?.floorMs).toBe(atMs - 60_000)
	expect(found?.looks.map((look) => [look.atMs, ...skusOf(look)])).toEqual([[atMs, 'B', 'C']])
})

test('of very many products only those are looked at that have changed last', async () => {
	const noted = Array.from({ length: 3_000 }, (_, number): [string, number] => [`S-${number}`, atMs - 20_000 - number])
	const found = await lookBack(needsOf(noted), { lookedSinceMs: 0, atMs }, { most: 1_500 })
	expect(found?.floorMs).toBe(atMs - 11_500 + 1)
	expect(found?.looks.map((look) => [look.atMs, look.quantities.length])).toEqual([
		[atMs - 10_500, 1_000],
		[atMs - 10_000, 500],
	])
})

test('it does not look back to before the looks through the stock', async () => {
	const found = await lookBack(needsOf([]), { lookedSinceMs: atMs - 3_000, atMs })
	expect(found).toEqual({ floorMs: atMs - 3_000, looks: [] })
	expect(await lookBack(needsOf([]), { lookedSinceMs: null, atMs })).toBeUndefined()
	expect(await lookBack(needsOf([]), { lookedSinceMs: atMs + 1, atMs })).toBeUndefined()
})
