import { openDatabase } from '@mercat/database/database'
import { describe, expect, test } from 'vitest'
import { auditInProcess, copyDatabases } from './audit-databases.ts'
import { type AcceptedState, type Breach, testAcceptedStates, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const rename = (sku: string, title: string) =>
	`update product set title = '${title}', version = version + 1 where sku = '${sku}'`
const reprice = (sku: string, amount: number) => `update product set amount_minor = ${amount} where sku = '${sku}'`
/** Gives positions to all entries, from the first, as a catalog does it. */
const number = [
	'update product_change set position = null',
	`update product_change set position = place
	from (select id, row_number() over (order by id) as place from product_change) as places
	where places.id = product_change.id`,
	'update product_change_log set last_position = (select count(*) from product_change)',
]
const quietly = (change: string) => ['alter table product disable trigger user', change]

const breaches: Breach[] = [
	[
		'an entry in the middle of the log is lost',
		({ sku, otherSku }) => ({
			catalog: [
				rename(sku, 'B'),
				rename(otherSku, 'B'),
				...number,
				'delete from product_change where position = (select last_position - 1 from product_change_log)',
			],
		}),
		({ sku }) => ({
			11: [/position (\d+): it follows position \d+/, `${sku}: it has the version 2, and 1 by the log`],
		}),
	],
	[
		'the last entry of the log is lost',
		({ sku }) => ({
			catalog: [
				rename(sku, 'B'),
				...number,
				'delete from product_change where position = (select last_position from product_change_log)',
			],
		}),
		() => ({ 11: [/product_change_log: it ends at \d+, and its last entry is at \d+/] }),
	],
	[
		'an entry has a position after the end of the log',
		() => ({ catalog: [...number, 'update product_change_log set last_position = last_position - 1'] }),
		() => ({ 11: [/product_change_log: it ends at \d+, and its last entry is at \d+/] }),
	],
	[
		'the log has lost its row',
		() => ({ catalog: ['delete from product_change_log'] }),
		() => ({ 11: ['product_change_log: the log must have one row'] }),
	],
	[
		'two versions of a product have changed places',
		({ sku }) => ({
			catalog: [
				rename(sku, 'B'),
				rename(sku, 'C'),
				...number,
				`update product_change set position = -position where position >= (select last_position - 1 from product_change_log)`,
				`update product_change set position = 2 * last_position - 1 + position from product_change_log where position < 0`,
			],
		}),
		({ sku }) => ({
			11: [
				`${sku}: in the log its version 3 follows its version 1`,
				`${sku}: in the log its version 2 follows its version 3`,
				`${sku}: it has the version 3, and 2 by the log`,
			],
		}),
	],
	[
		'the log lacks a version of a product that waits for its position',
		({ sku }) => ({
			catalog: [
				rename(sku, 'B'),
				'delete from product_change where id = (select max(id) from product_change)',
				rename(sku, 'C'),
			],
		}),
		({ sku }) => ({ 11: [`${sku}: in the log its version 3 follows its version 1`] }),
	],
	[
		'a price has changed without an entry',
		({ sku }) => ({ catalog: quietly(reprice(sku, 900)) }),
		({ sku }) => ({ 11: [`${sku}: it costs 900 EUR, and 1000 EUR by the log`] }),
	],
	[
		'a currency has changed without an entry',
		({ sku }) => ({ catalog: quietly(`update product set currency = 'USD' where sku = '${sku}'`) }),
		({ sku }) => ({ 11: [`${sku}: it costs 1000 USD, and 1000 EUR by the log`] }),
	],
	[
		'a product has changed without an entry',
		({ sku }) => ({ catalog: quietly(rename(sku, 'B')) }),
		({ sku }) => ({ 9: [sku], 11: [`${sku}: it has the version 2, and 1 by the log`] }),
	],
	[
		'a product was archived without an entry',
		({ sku }) => ({ catalog: quietly(`update product set archived = true where sku = '${sku}'`) }),
		({ sku }) => ({ 11: [`${sku}: it is archived, and not by the log`] }),
	],
]

const accepted: AcceptedState[] = [
	[
		'products and prices have changed, and some entries have no position yet',
		({ sku, otherSku }) => ({
			catalog: [
				rename(sku, 'A'),
				reprice(sku, 900),
				...number,
				reprice(otherSku, 900),
				`update product set archived = true, version = version + 1 where sku = '${otherSku}'`,
				reprice(sku, 950),
			],
		}),
	],
	[
		'older entries are deleted, and only a price is left of a product',
		({ sku }) => ({
			catalog: [
				...Array.from({ length: 120 }, (_, change) => reprice(sku, 901 + (change % 2))),
				...number,
				'delete from product_change where position < 60',
			],
		}),
	],
	[
		'the log has had no entry',
		() => ({ catalog: ['delete from product_change', 'update product_change_log set last_position = 0'] }),
	],
]

describe('Invariant 11, the log of changes:', () => {
	testBreaches(healthy, breaches)
	testAcceptedStates(healthy, accepted)
})

test('The audit reports an entry that has waited long for its position only while a catalog runs', async () => {
	await using copy = await copyDatabases(healthy.urls, {
		catalog: [
			reprice(healthy.shop.sku, 900),
			...number,
			reprice(healthy.shop.sku, 800),
			"update product_change set at = at - interval '1 hour'",
		],
	})
	expect(await auditInProcess(copy.urls)).toMatchObject({ exitCode: 0 })
	await using live = await openDatabase(copy.urls.catalog, { applicationName: 'mercat-catalog' })
	await live.query('select 1')
	const { broken } = await auditInProcess(copy.urls)
	expect(broken[11]).toMatch(/entry \d+: it waits for its position since \S+$/)
})
