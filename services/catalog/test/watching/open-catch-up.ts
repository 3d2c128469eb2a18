import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { ProductChange__Output } from '@mercat/catalog-api/messages/ProductChange'
import type { WatchProductsResponse__Output as Response } from '@mercat/catalog-api/messages/WatchProductsResponse'
import { createLog } from '@mercat/service/log'
import type { Engine } from '@mercat/testing/test-database'
import { openChanges } from '../../src/open-changes.ts'
import { openWatching, watchedEntries } from '../../src/open-watching.ts'
import { createCatchUp } from '../../src/watching/catch-up.ts'
import type { Place } from '../../src/watching/places/place.ts'
import { stateBegin } from '../../src/watching/places/state-place.ts'
import { openCatalogDatabase } from '../catalog-database.ts'

const decode = catalogRpcs.WatchProducts.responseDeserialize

// So large that a chunk of the state has about 15 products, and a response about 4.
const enlarge = `
	update product set version = version + 1, image_urls = array(
		select 'https://images.example.com/' || repeat('x', 1900) || number from generate_series(1, 20) as number
	), attributes = (select jsonb_object_agg('key ' || number, repeat('y', 490)) from generate_series(1, 50) as number)`

/** What streams share, on a database of its own with 40 large products that cost 100, and streams that a test takes step by step. */
export async function openCatchUps(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const skus = Array.from({ length: 40 }, (_, index) => `P${String(index).padStart(2, '0')}`)
	const database = opened.use(await openCatalogDatabase(engine, skus))
	await database.query(enlarge)
	const log = createLog('catalog', 'fatal')
	const changes = opened.use(await openChanges(database, { retentionMs: 3_600_000, ...watchedEntries }, log))
	await changes.log.settle()
	const { needs } = opened.use(openWatching({ database, ...changes, tokenKey: 'key', logger: log }))
	opened.defer(needs.hub.leave)
	await needs.hub.enter()
	const filter = needs.filters.take({ skus: [], productsOnly: true })
	const resources = opened.move()

	return {
		database,
		skus,
		needs,
		log: changes.log,
		/** A stream from the beginning of the state, or from a token. */
		start(resumeToken?: string) {
			const logId = needs.settled.latest().logId
			const beginning: Place = { ...needs.hub.place(), state: stateBegin }
			const place = resumeToken === undefined ? beginning : needs.tokens.decode(filter, resumeToken, logId)
			const catchUp = createCatchUp(needs, filter, place)
			const messages: Response[] = []
			return {
				messages,
				place: catchUp.place,
				step: async () => catchUp.step((response) => void messages.push(decode(response))),
				changes: () => messages.flatMap(({ changes }) => changes),
			}
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

export type CatchUps = Awaited<ReturnType<typeof openCatchUps>>

/** A change in short: `state 100` or `change 101`. */
export function inShort({ product, price, changeTime }: ProductChange__Output): string {
	const amount = (product?.price ?? price?.price)?.amountMinor
	return `${changeTime === null ? 'state' : 'change'} ${amount}`
}
