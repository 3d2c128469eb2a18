import type { ImportProductsRequest__Output } from '@mercat/catalog-api/messages/ImportProductsRequest'
import { CallError } from '@mercat/grpc-service/call-error'
import { newTraceContext } from '@mercat/service/trace-context'
import type { Engine } from '@mercat/testing/test-database'
import { createFeedRunStore } from '../../src/feeds/feed-run-store.ts'
import { createHeldPriceStore } from '../../src/held-prices/held-price-store.ts'
import { importProducts } from '../../src/importing/import-products.ts'
import { createImportStore } from '../../src/importing/import-store.ts'
import { createProductStore } from '../../src/products/product-store.ts'
import { createTextIndex } from '../../src/search/indexing/text-index-store.ts'
import { openCatalogDatabase } from '../catalog-database.ts'
import type { FeedOperation, ModelHold } from './feed-model.ts'

export type FeedRows = {
	price: number
	runs: (string | null)[]
	isLeased: boolean
	holds: (ModelHold & { id: string })[]
	validatedBy: number | null
}

const feed = 'acme'
const sku = 'CUP'
const noCounts = {
	bytes: 0,
	attempts: 0,
	rows: 0,
	created: 0,
	updated: 0,
	unchanged: 0,
	held: 0,
	rejected: 0,
	missing: 0,
}

/** The stores of a catalog whose product CUP belongs to the source "acme". Answers and rows come in plain words. */
export async function openFeed(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const database = opened.use(await openCatalogDatabase(engine, [sku]))
	const runs = createFeedRunStore(database)
	const heldPrices = createHeldPriceStore(database)
	const products = createProductStore(database, createTextIndex())
	const importRows = importProducts(createImportStore(database, createTextIndex()))
	const resources = opened.move()

	async function answer(operation: FeedOperation): Promise<string> {
		switch (operation.kind) {
			case 'begin': {
				const beginning = await runs.begin(feed, 50)
				return beginning.kind === 'active' ? 'FEED_RUN_ACTIVE' : `run ${beginning.runNumber}`
			}
			case 'import': {
				const { run, price } = operation
				const response = await importRows(requestOf(run, price), newTraceContext(), { subject: 'tester' })
				if ((response.held ?? []).length > 0) return 'held'
				return response.updatedCount === 1 ? 'updated' : 'unchanged'
			}
			case 'renew': {
				return (await runs.renew(feed, operation.run)) === undefined ? 'FEED_RUN_ENDED' : 'renewed'
			}
			case 'finish': {
				const { run, outcome } = operation
				const validators = { etag: String(run), lastModified: '', settingsDigest: '' }
				const end = { feed, runNumber: run, outcome, reason: '', counts: noCounts }
				return runs.finish({ ...end, validators: outcome === 'synced' ? validators : undefined })
			}
			case 'runOut':
				// Of a run that goes on. A lease that is over by a second is as over as one that ended long ago.
				await database.query(
					"update feed set leased_until = now() - interval '1 second' where leased_until > '-infinity'",
				)
				return ''
			case 'shop':
				await products.changeProduct(sku, (product) => ({ ...product, amountMinor: operation.price }))
				return ''
			case 'decide': {
				const { holdId, decision, price } = operation
				const decided = { holdId, decision, price: { currency: 'EUR', amountMinor: price }, who: 'tester' }
				return (await heldPrices.decide(decided)).kind
			}
		}
	}

	return {
		async perform(operation: FeedOperation): Promise<string> {
			return answer(operation).catch((error) => {
				if (error instanceof CallError) return error.reason
				throw error
			})
		},
		async read(): Promise<FeedRows> {
			const [product] = await database.query<{ price: number }>('select amount_minor as price from product')
			const ends = await database.query<{ outcome: string | null }>('select outcome from feed_run order by number')
			const leased = await database.query('select from feed where leased_until > now()')
			const [validated] = await database.query<{ run: number | null }>(
				"select (validators ->> 'etag')::int as run from feed",
			)
			const holds = await database.query<FeedRows['holds'][number]>(
				`select id, new_amount_minor as price, state, lapsed_at is not null as "hasLapsed" from held_price`,
			)
			return {
				price: product?.price ?? 0,
				runs: ends.map(({ outcome }) => outcome),
				isLeased: leased.length > 0,
				validatedBy: validated?.run ?? null,
				holds,
			}
		},
		/** Forgets all runs and holds, and gives the product a price. */
		async reset(price: number): Promise<void> {
			for (const table of ['held_price', 'feed_run', 'feed']) await database.query(`delete from ${table}`)
			await database.query(
				`update product set amount_minor = ${price}, content_source = '${feed}', price_source = '${feed}'`,
			)
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

export type OpenFeed = Awaited<ReturnType<typeof openFeed>>

function requestOf(runNumber: number, amountMinor: number): ImportProductsRequest__Output {
	const product = {
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
	} as const
	const upsert = {
		rowNumber: 1,
		product: { ...product, imageUrls: [] },
		updateMask: { paths: ['price'] },
		sourceSku: '',
	}
	return { upserts: [upsert], source: feed, runNumber, validateOnly: false }
}
