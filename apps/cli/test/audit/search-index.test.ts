import { openDatabase } from '@mercat/database/database'
import { describe, expect, test } from 'vitest'
import { auditInProcess, copyDatabases } from './audit-databases.ts'
import { type AcceptedState, type Breach, testAcceptedStates, testBreaches } from './test-breaches.ts'
import { useHealthyShop } from './use-healthy-shop.ts'

const healthy = useHealthyShop()

const hasOtherWords = 'the index has other words than its text, as the doc'

const breaches: Breach[] = [
	[
		'the index is lost',
		() => ({ catalog: ['delete from search_segment', 'delete from search_posting'] }),
		({ sku, otherSku }) => ({ 9: [`${sku}: ${hasOtherWords}`, `${otherSku}: ${hasOtherWords}`] }),
	],
	[
		'the index has each text twice',
		() => ({
			catalog: [
				'insert into search_segment (docs, first_doc, last_doc, data) select docs, first_doc, last_doc, data from search_segment',
				`insert into search_posting (token, first_doc, postings)
				select token || 'x', first_doc, postings from search_posting`,
			],
		}),
		({ sku, otherSku }) => ({ 9: [`${sku}: ${hasOtherWords}`, `${otherSku}: ${hasOtherWords}`] }),
	],
	[
		'a row of the index is damaged',
		() => ({ catalog: ["insert into search_posting (token, first_doc, postings) values ('mug', 1, '\\x00')"] }),
		() => ({ 9: ['mug 1: the row is damaged'] }),
	],
	[
		'a text has changed, and the index has the text before',
		({ sku }) => ({
			catalog: [
				'alter table product disable trigger product_text_changed',
				`update product set title = 'Other' where sku = '${sku}'`,
			],
		}),
		({ sku }) => ({ 9: [`${sku}: ${hasOtherWords}`] }),
	],
	[
		'two products have the same doc',
		({ sku, otherSku }) => ({
			catalog: [
				`update product set search_doc = (select search_doc from product where sku = '${otherSku}') where sku = '${sku}'`,
			],
		}),
		({ sku }) => ({ 9: [new RegExp(`${sku}: 2 products have the doc \\d`)] }),
	],
	[
		'a product is in the epoch of the index, and has no doc',
		({ sku }) => ({ catalog: [`update product set search_doc = null where sku = '${sku}'`] }),
		({ sku }) => ({ 9: [`${sku}: it is in the present epoch of the index, and has no doc`] }),
	],
	[
		'a rebuild has left products out',
		() => ({ catalog: ['update search_index set epoch = epoch + 1'] }),
		({ sku, otherSku }) => ({
			9: [sku, otherSku].map(
				(each) => new RegExp(`${each}: it is in the epoch \\d of the index, which is in the epoch \\d`),
			),
		}),
	],
]

const accepted: AcceptedState[] = [
	[
		'a replica of the version before has just changed a text',
		({ sku }) => ({ catalog: [`update product set title = 'Other', updated_at = now() where sku = '${sku}'`] }),
	],
	['a rebuild is under way', () => ({ catalog: ["update search_index set epoch = epoch + 1, rebuilt_to = ''"] })],
	[
		'another version has made the index',
		({ sku }) => ({
			catalog: [
				'update search_index set analysis = analysis + 1',
				'alter table product disable trigger product_text_changed',
				`update product set title = 'Other' where sku = '${sku}'`,
			],
		}),
	],
]

describe('Invariant 9, the index of search:', () => {
	testBreaches(healthy, breaches)
	testAcceptedStates(healthy, accepted)

	test('The audit reports a text that waits to be indexed for long only while a catalog runs', async () => {
		const { sku } = healthy.shop
		await using copy = await copyDatabases(healthy.urls, {
			catalog: [`update product set search_epoch = 0, updated_at = now() - interval '11 minutes' where sku = '${sku}'`],
		})
		expect(await auditInProcess(copy.urls)).toMatchObject({ exitCode: 0 })
		await using live = await openDatabase(copy.urls.catalog, { applicationName: 'mercat-catalog' })
		await live.query('select 1')
		const { broken } = await auditInProcess(copy.urls)
		expect(broken[9]).toContain(`${sku}: its text waits to be indexed since`)
	})
})
