import { CallError } from '@mercat/grpc-service/call-error'
import { newTraceContext } from '@mercat/service/trace-context'
import type { Engine } from '@mercat/testing/test-database'
import { createHeldPriceStore } from '../../../src/held-prices/held-price-store.ts'
import { importProducts } from '../../../src/importing/import-products.ts'
import { createImportStore } from '../../../src/importing/import-store.ts'
import { createApplyPricesStore } from '../../../src/prices/applying/apply-prices-store.ts'
import { createFoldStore } from '../../../src/prices/history/fold-store.ts'
import { createHistoryStore } from '../../../src/prices/history/history-store.ts'
import { keepHistory } from '../../../src/prices/history/keep-history.ts'
import { createPriceLimitStore } from '../../../src/prices/limits/price-limit-store.ts'
import { createProductStore } from '../../../src/products/product-store.ts'
import { updateProduct } from '../../../src/products/update-product.ts'
import { createTextIndex } from '../../../src/search/indexing/text-index-store.ts'
import { openCatalogDatabase } from '../../catalog-database.ts'
import type { ModelHold, PriceOperation } from './price-model.ts'

export type PriceRows = {
	price: number
	version: number
	title: string
	/** The lowest price of 30 days, as product reads tell it. */
	lowest: number | null
	/** The prices that are kept, the oldest first. */
	prices: number[]
	holds: (ModelHold & { id: string })[]
}

const sku = 'CUP'
const source = 'acme'
const money = (amountMinor: number) => ({ currency: 'EUR', amountMinor })

/** The stores of a catalog whose product CUP belongs to the source "acme". Answers and rows come in plain words. */
export async function openPrices(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(await openCatalogDatabase(engine, [sku]))
	const texts = createTextIndex()
	const heldPrices = createHeldPriceStore(database)
	const products = createProductStore(database, texts)
	const { apply } = createApplyPricesStore(database)
	const limits = createPriceLimitStore(database)
	const history = createHistoryStore(database)
	const tidyHistory = keepHistory(createFoldStore(database, 3))
	const importRows = importProducts(createImportStore(database, texts))
	const edit = updateProduct({ changeProduct: (changed, change) => products.changeProduct(changed, change) })
	const resources = opened.move()

	async function answer(operation: PriceOperation): Promise<string> {
		switch (operation.kind) {
			case 'apply': {
				const { sequence, price, hold } = operation
				const until = hold === 'ending' ? new Date(Date.now() + 3_600_000) : null
				const terms = hold === 'none' ? undefined : { rule: 'CALLER', figures: {}, until }
				const applied = await apply({ source, sequence, prices: [{ sku, price: money(price), hold: terms }] })
				if (applied.kind === 'tooLate') return `tooLate ${applied.lastSequence}`
				return `${applied.kind} ${applied.outcomes[0]?.result?.toString().slice('RESULT_'.length).toLowerCase()}`
			}
			case 'import': {
				const response = await importRows(importOf(operation.price), newTraceContext(), { subject: 'tester' })
				if ((response.held ?? []).length > 0) return 'held'
				return response.updatedCount === 1 ? 'applied' : 'unchanged'
			}
			case 'edit': {
				const { version, price } = operation
				const title = `A thing of version ${version}`
				const product = { ...messageOf(price), title, etag: `"${version}"` }
				await edit({ product, updateMask: null }, { remainingMs: () => 60_000 } as never)
				return 'edited'
			}
			case 'decide': {
				const { holdId, decision, price } = operation
				return (await heldPrices.decide({ holdId, decision, price: money(price), who: 'tester' })).kind
			}
			case 'runOut':
				await database.query(
					"update held_price set since = since - interval '2 s', until = now() - interval '1 s' where state = 'open' and until > now()",
				)
				return ''
			case 'tidy':
				await heldPrices.expireHolds(10)
				// The first run makes a mark, and the second one goes on to it.
				await tidyHistory()
				await tidyHistory()
				return ''
			case 'limit': {
				const { limits: given } = operation
				const wanted = given && { currency: 'EUR', floorMinor: given.floor, ceilingMinor: given.ceiling }
				await limits.replace(sku, wanted, 'tester')
				return ''
			}
			case 'wait':
				await becomeOlder(operation.days)
				return ''
		}
	}

	/** Makes all that the database knows about prices older, as if it had waited. */
	async function becomeOlder(days: number): Promise<void> {
		const older = (columns: string[]) => columns.map((column) => `${column} = ${column} - interval '${days} days'`)
		await database.transaction(async ({ query }) => {
			await query('alter table product disable trigger user')
			await query(`update product set ${older(['created_at', 'price_began_at'])}`)
			await query(`update price_change set ${older(['began_at', 'ended_at'])}`)
			await query(`update price_reduction set ${older(['began_at', 'lowest_until'])}`)
			await query(
				`update price_history set ${older(['began_at', 'folded_until', 'mark_at'])}, pruned_before = pruned_before - ${days}`,
			)
			await query(`update price_day set day = day - 20000 - ${days}, ${older(['last_began_at'])}`)
			await query('update price_day set day = day + 20000')
			await query('alter table product enable trigger user')
		})
	}

	return {
		async perform(operation: PriceOperation): Promise<string> {
			return answer(operation).catch((error) => {
				if (error instanceof CallError) return error.reason
				throw error
			})
		},
		async read(): Promise<PriceRows> {
			const [product] = await products.findProducts([sku])
			const periods = await history.readPeriods(sku, { from: undefined, to: undefined }, 500)
			// A hold whose end has come has expired, whether or not its row says so yet.
			const holds = await database.query<PriceRows['holds'][number]>(
				`select id, new_amount_minor as price, rule, until is not null as "hasEnd",
					case when until <= now() and state in ('open', 'withdrawn') then 'expired' else state end as state,
					lapsed_at is not null as "hasLapsed"
				from held_price`,
			)
			return {
				price: product?.amountMinor ?? 0,
				version: product?.version ?? 0,
				title: product?.title ?? '',
				lowest: product?.lowestMinor ?? null,
				prices: (periods?.periods ?? []).map(({ amountMinor }) => amountMinor),
				holds,
			}
		},
		/** Forgets all that was, and gives the product a price. */
		async reset(price: number): Promise<void> {
			await database.transaction(async ({ query }) => {
				for (const table of [
					'held_price',
					'price_sequence',
					'price_limit',
					'price_change',
					'price_day',
					'price_reduction',
				])
					await query(`delete from ${table}`)
				await query('alter table product disable trigger user')
				await query(
					`update product set amount_minor = ${price}, content_source = '${source}', price_source = '${source}', version = 1,
						created_at = now(), price_began_at = null, etag_version = null, title = 'A thing'`,
				)
				await query('alter table product enable trigger user')
				await query(
					`update price_history set began_at = now() - interval '1 s', folded_until = now(), mark_at = now(), mark_xid = pg_current_xact_id(),
						pruned_before = (now() at time zone 'UTC')::date - 40`,
				)
			})
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

export type OpenPrices = Awaited<ReturnType<typeof openPrices>>

function messageOf(amountMinor: number) {
	return {
		sku,
		title: '',
		description: '',
		brand: '',
		category: '',
		price: { currencyCode: 'EUR', amountMinor },
		attributes: {},
		imageUrls: [],
		state: 'STATE_UNSPECIFIED',
		availableQuantity: 0,
		etag: '',
		createTime: null,
		updateTime: null,
		group: '',
		lowestPrice30d: null,
	} as const satisfies object as never as NonNullable<Parameters<ReturnType<typeof updateProduct>>[0]['product']>
}

function importOf(amountMinor: number) {
	const upsert = { rowNumber: 1, product: messageOf(amountMinor), updateMask: { paths: ['price'] }, sourceSku: '' }
	return { upserts: [upsert], source, runNumber: 0, validateOnly: false }
}
