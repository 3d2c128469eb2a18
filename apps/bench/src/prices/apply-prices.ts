import { createCatalogClients } from '@mercat/catalog-api/client'
import pg from 'pg'
import { startCatalog } from '../contestants/start-catalog.ts'
import type { LoadResult } from '../load/load-result.ts'
import { startGenerator } from '../load/start-generator.ts'
import type { Measure } from '../measures/measure.ts'
import { perSecond } from '../measures/order-load.ts'
import { takeTurns } from '../measures/take-turns.ts'
import { importUpserts, staffToken } from '../search/import-upserts.ts'
import type { ApplyJob, PricesOf } from './apply-generator.ts'

const productCount = 20_000
const pricesOfCall = 500
const source = 'bench'
// The table as it was before it had triggers for prices and changes, and with none at all.
const plainTable = 'plain_product'

/** Compares `ApplyPrices` with an UPDATE of the same rows in a table that nothing watches. */
export const applyPrices: Measure = {
	name: 'apply-prices',
	async run(bench) {
		await using catalog = await startCatalog(bench, bench.own)
		const token = staffToken(bench.secret)
		const blocks = await importBlocks(catalog.address, token)
		await copyProducts(catalog.databaseUrl)
		await using generator = startGenerator<ApplyJob, LoadResult>(
			import.meta.resolve('./apply-generator.ts'),
			bench.interruption,
		)
		const { seconds } = bench.options
		const { address, databaseUrl } = catalog
		const turns = [
			{ name: 'UPDATE', processes: [], job: { to: { databaseUrl, table: plainTable }, seconds, blocks } },
			{ name: 'mercat', processes: [catalog], job: { to: { address, source, token }, seconds, blocks } },
		]
		const measured = await takeTurns(bench, generator, turns, (load) => pricesOfCall * perSecond(load))
		const title = `ApplyPrices, ${pricesOfCall} prices a call, one call at a time`
		const comparisons = [{ of: 'mercat', to: 'UPDATE', target: { bound: 'at least', value: 0.25, aim: 0.5 } } as const]
		return [{ title, unit: 'rows/s', ...measured, comparisons }]
	},
}

async function importBlocks(address: string, token: string): Promise<PricesOf[]> {
	const clients = createCatalogClients(address)
	const blocks: PricesOf[] = []
	try {
		for (let first = 0; first < productCount; first += pricesOfCall) {
			const numbers = Array.from({ length: pricesOfCall }, (_, index) => first + index)
			const skus = numbers.map((number) => `SKU-${String(number).padStart(6, '0')}`)
			const amounts = numbers.map((number) => 1_000 + (number % 1_000))
			const upserts = numbers.map((number, index) => {
				const sku = skus[index] as string
				const price = { currencyCode: 'EUR', amountMinor: amounts[index] as number }
				return { rowNumber: number + 1, product: { sku, title: `Stoneware mug, glaze ${number}`, price } }
			})
			await importUpserts(clients.catalog, upserts, token, source)
			blocks.push({ skus, amounts })
		}
	} finally {
		clients.close()
	}
	return blocks
}

async function copyProducts(databaseUrl: string): Promise<void> {
	const client = new pg.Client(databaseUrl)
	await client.connect()
	await client.query(`create table ${plainTable} (like product including all)`)
	await client.query(`
		alter table ${plainTable}
			drop column price_began_at, drop column etag_version, drop column etag_currency, drop column etag_amount_minor`)
	const { rows } = await client.query<{ names: string }>(
		`select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute
		where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
		[plainTable],
	)
	await client.query(`insert into ${plainTable} (${rows[0]?.names}) select ${rows[0]?.names} from product`)
	await client.query(`vacuum analyze product, ${plainTable}`)
	await client.end()
}
