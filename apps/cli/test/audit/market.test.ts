import { openDatabase } from '@mercat/database/database'
import { runMercat } from '@mercat/testing/run-mercat'
import { createTestDatabase } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runAudit } from '../../src/audit/audit-command.ts'
import { fillMarket, type MarketUrls } from './healthy-market.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()
const opened = new AsyncDisposableStack()
let urls: MarketUrls
beforeAll(async () => {
	urls = opened.use(await fillMarket(healthy.urls))
})
afterAll(() => opened.disposeAsync())

/** The lines of the broken invariants by their numbers. */
async function auditMarket({ catalog, order, market }: MarketUrls) {
	const lines: string[] = []
	const targets = { catalogDb: catalog, orderDb: order, marketDb: market }
	const exitCode = await runAudit(targets, {}, (line) => lines.push(line))
	expect(lines).toHaveLength(15)
	const broken = lines.flatMap((line) =>
		line.includes(' BROKEN ') ? [[Number.parseInt(line, 10), line] as const] : [],
	)
	return { exitCode, broken: Object.fromEntries(broken) as Record<number, string> }
}

/** Runs statements in copies of the databases. */
async function changedCopies(changes: { catalog?: string[]; market?: string[] }) {
	await using copies = new AsyncDisposableStack()
	const changed = { ...urls }
	for (const service of ['catalog', 'market'] as const) {
		const statements = changes[service]
		if (statements === undefined) continue
		changed[service] = copies.use(await createTestDatabase('postgres', urls[service])).url
		await using database = await openDatabase(changed[service], { connectTimeoutMs: 60_000 })
		for (const statement of statements) await database.query(statement)
	}
	const resources = copies.move()
	return { urls: changed, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

const setPrice = (sku: string, amount: number) => [
	'alter table product disable trigger user',
	`update product set amount_minor = ${amount}, price_began_at = now() - interval '1 day' where sku = '${sku}'`,
]

/** The invariants of the catalog that a change of a price by hand breaks, too. */
const catalogOwn = [10, 11]

test('A market that has followed a source is healthy', async () => {
	expect(await auditMarket(urls)).toEqual({ exitCode: 0, broken: {} })
})

test('The command takes the database of the market, and checks no market without it', async () => {
	const shop = ['audit', '--catalog-db', urls.catalog, '--order-db', urls.order]
	const withMarket = await runMercat([...shop, '--market-db', urls.market])
	expect(withMarket).toMatchObject({ exitCode: 0, stderr: '' })
	expect(withMarket.stdout.trimEnd().split('\n').at(-1)).toMatch(/^15 ok/)
	expect((await runMercat(shop)).stdout.trimEnd().split('\n').at(-1)).toMatch(/^11 ok/)
	const wrong = await runMercat([...shop, '--market-db', urls.order])
	expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('the market database has no schema') })
})

type Changes = { catalog?: string[]; market?: string[] }

const breaches: [when: string, Changes, invariant: number, finding: RegExp][] = [
	[
		'a block is missing',
		{ market: ['delete from tick_block where block = (select max(block) - 1 from tick_block)'] },
		12,
		/metals: 1 of the blocks 1 to \d+ are missing/,
	],
	[
		'the last block is missing',
		{ market: ['delete from tick_block where block = (select max(block) from tick_block)'] },
		12,
		/metals: block \d+ is its last one, and block \d+ the last one that is stored/,
	],
	[
		'the position is behind the last block',
		{ market: ['update source set folded_seq = folded_seq - 1'] },
		12,
		/metals: it is folded up to message 43, and its last block up to message 44/,
	],
	[
		'the round has blocks that are not there',
		{ market: ['update apply_round set upto_block = upto_block + 1'] },
		12,
		/metals: its round has the prices up to block \d+, and block \d+ is the last one/,
	],
	[
		'the sequence of the source is not that of its round',
		{ market: ['update apply_round set first_sequence = first_sequence - 1'] },
		12,
		/metals: its round ends with the sequence \d+, and \d+ is the last one/,
	],
	[
		'the catalog has a sequence that the market has never given',
		{ catalog: ['update price_sequence set sequence = sequence + 1'] },
		12,
		/metals: the catalog has its sequence \d+, and the market has given no later one than \d+/,
	],
	[
		'a price has not come to the catalog',
		{ catalog: setPrice('OIL', 985) },
		12,
		/OIL: its price is 985 EUR, and its source has had 990 EUR accepted/,
	],
	[
		'the catalog has an older price of the source',
		{
			catalog: [
				'alter table product disable trigger user',
				"update product set amount_minor = 980, price_began_at = (select applied_at from price_sequence where source = 'metals') where sku = 'OIL'",
			],
		},
		12,
		/OIL: its price is 980 EUR, and its source has had 990 EUR accepted later/,
	],
	[
		'a held price is not in the catalog',
		{ catalog: ["delete from held_price where sku = 'GOLD'"] },
		13,
		/GOLD: 10400 EUR is to be held, and the catalog has no such hold/,
	],
	[
		'the catalog holds a price that the source has left behind',
		{
			catalog: [
				"update held_price set sku = 'OIL' where sku = 'GOLD'",
				"update held_price set new_amount_minor = 9 where sku = 'OIL'",
			],
		},
		13,
		/OIL: 9 EUR is held \(TICK_CHANGE\), and its source has had 990 EUR accepted later/,
	],
	[
		'ticks are in no bar',
		{ market: ["delete from bar_1s where sku = 'OIL'", 'delete from bar_dirty'] },
		14,
		/OIL: its bar of 1s at \S+ in EUR is missing/,
	],
	[
		'a tick is in a bar twice',
		{ market: ["update bar_1s set ticks = 2 where sku = 'OIL'"] },
		14,
		/OIL: its bar of 1s at \S+ in EUR has 2 ticks, and 1 were accepted/,
	],
	[
		'a bar has a price that no tick had',
		{ market: ["update bar_1s set high = 995 where sku = 'OIL'"] },
		14,
		/OIL: its bar of 1s at \S+ in EUR is \d+\/995\/\d+\/\d+, and its ticks make/,
	],
	[
		'a bar is one of no tick',
		{ market: ["insert into bar_1s select begin, 1, 1, 1, 1, 1, 0, 0, 'EUR', 'TIN' from bar_1s limit 1"] },
		14,
		/TIN: its bar of 1s at \S+ in EUR is one of no tick/,
	],
	[
		'a bar of an hour is not that of its minutes',
		{ market: ["update bar_1h set low = 1 where sku = 'OIL'"] },
		14,
		/OIL: its bar of 1h at \S+ in EUR is not that of its bars of 1m/,
	],
	[
		'an order is counted twice',
		{ market: ["update sales_1d set orders = orders + 1 where dimension = 'status' and key = 'delivered'"] },
		15,
		/\S+ delivered in EUR: 2 orders, 3 pieces, 3001 are counted, and 1 orders, 3 pieces, 3001 were sold/,
	],
	[
		'an order is not counted',
		{ market: ["delete from sales_1d where dimension = 'sku' and status = 'delivered'"] },
		15,
		/\S+ delivered A-\S+ in EUR: nothing is counted, and 1 orders, 2 pieces, 2000 were sold/,
	],
	[
		'something is counted that nobody has sold',
		{
			market: ["update sales_1d set key = 'NONE' where dimension = 'sku' and status = 'delivered' and key like 'B-%'"],
		},
		15,
		/\S+ delivered NONE in EUR: 1 orders, 1 pieces, 1001 are counted, and nothing was sold/,
	],
	[
		'the sales of an hour are not those of its minutes',
		{ market: ["update sales_1h set quantity = quantity + 1 where dimension = 'category'"] },
		15,
		/category \S* ?\w+: its sales of 1h at \S+ in EUR are not those of 1m/,
	],
	[
		'the place of the sales is before what was counted',
		{ market: ['update sales_fold set position = position - 1'] },
		15,
		/the place of the sales: it is at position \d+, and the last page ends at \d+/,
	],
]

describe('The audit reports a breach when', () => {
	test.each(breaches)('%s', async (_when, changes, invariant, finding) => {
		await using copies = await changedCopies(changes)
		const { exitCode, broken } = await auditMarket(copies.urls)
		expect(exitCode).toBe(1)
		expect(broken[invariant]).toMatch(finding)
		// Blocks, prices and bars depend on each other, and the catalog has invariants of its own about prices.
		if (changes.catalog === undefined)
			expect(
				Object.keys(broken)
					.map(Number)
					.every((each) => each >= 12),
			).toBe(true)
		else
			expect(
				Object.keys(broken)
					.map(Number)
					.filter((each) => each >= 12),
			).toEqual([invariant])
	})
})

const accepted: [when: string, Changes][] = [
	['a person has set another price since', { catalog: ["update product set amount_minor = 1500 where sku = 'OIL'"] }],
	[
		'the products belong to somebody else by now',
		{ catalog: [...setPrice('OIL', 985), "update product set price_source = '' where sku = 'OIL'"] },
	],
	['old ticks are deleted', { market: ['delete from tick_block', 'update source set block = block'] }],
]

describe('The audit reports no breach of the market when', () => {
	test.each(accepted)('%s', async (_when, changes) => {
		await using copies = await changedCopies(changes)
		const { broken } = await auditMarket(copies.urls)
		expect(
			Object.keys(broken)
				.map(Number)
				.filter((each) => !catalogOwn.includes(each)),
		).toEqual([])
	})
})
