import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { Database } from '@mercat/database/database'
import { createLog } from '@mercat/service/log'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { openChanges } from '../../src/open-changes.ts'
import { openWatching, watchedEntries } from '../../src/open-watching.ts'
import { openWatchStream } from '../../src/watching/watch-stream.ts'
import { openCatalogDatabase } from '../catalog-database.ts'

const decode = catalogRpcs.WatchProducts.responseDeserialize

/** The database, which tells of another timeline after `failOver`. */
function movable(database: Database) {
	let hasMoved = false
	const query: Database['query'] = async <R>(...[statement, values]: Parameters<Database['query']>) => {
		const rows = await database.query<R>(statement, values)
		const isMoment = typeof statement !== 'string' && 'name' in statement && statement.name === 'read-stock-changes'
		return isMoment && hasMoved ? rows.map((row) => ({ ...row, timeline: '0000000F' })) : rows
	}
	return {
		database: { ...database, query },
		failOver() {
			hasMoved = true
		},
	}
}

describe.each(engines)('on %s', (engine) => {
	test('a live stream is told all quantities anew after a failover, unless it is of products only', async () => {
		await using opened = new AsyncDisposableStack()
		const real = opened.use(await openCatalogDatabase(engine, ['A', 'B']))
		const { database, failOver } = movable(real)
		const logger = createLog('catalog', 'fatal')
		const changes = opened.use(await openChanges(database, { retentionMs: 3_600_000, ...watchedEntries }, logger))
		await changes.log.settle()
		const { needs } = opened.use(openWatching({ database, ...changes, tokenKey: 'key', logger }))
		opened.defer(needs.hub.leave)
		await needs.hub.enter()
		const watch = (productsOnly: boolean) => {
			const told: string[] = []
			const output = {
				write(response: Buffer, taken: () => void) {
					for (const { sku, availableQuantity } of decode(response).changes) told.push(`${sku} ${availableQuantity}`)
					taken()
				},
				end() {},
				fail() {},
				cut() {},
				isConnectionClosing: () => false,
			}
			const filter = needs.filters.take({ skus: [], productsOnly })
			const stream = openWatchStream(needs, { filter, place: needs.hub.place(), lifeMs: 600_000 }, output)
			opened.defer(stream.close)
			return told
		}
		const told = watch(false)
		const toldProducts = watch(true)
		await real.query('update stock set on_hand = 3')
		changes.noteStock(['A'])
		await eventually(() => expect(told).toEqual(['A 3']))
		failOver()
		await eventually(() => expect(told).toEqual(['A 3', 'A 3', 'B 3']))
		expect(toldProducts).toEqual([])
	})
})
