import type { Engine } from '@mercat/testing/test-database'
import { openCatalogDatabase } from '../../catalog-database.ts'
import { indexIn } from './index-in.ts'

/** The index in a database of its own, without a service. */
export async function openIndex(engine: Engine) {
	const database = await openCatalogDatabase(engine, [])
	return {
		...indexIn(database),
		database,
		[Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
	}
}
