import type { Database } from '@mercat/database/database'
import { isLockTimeout } from '@mercat/database/errors'

/** Drops the indexes of the search of the version before, unless others hold their table now. */
export async function dropPreviousIndexes(database: Pick<Database, 'transaction'>): Promise<void> {
	try {
		await database.transaction(async (transaction) => {
			// Others that want the table wait behind this statement.
			await transaction.query("set local lock_timeout = '100ms'")
			await transaction.query('drop index if exists product_search_document, product_search_text')
		})
	} catch (error) {
		// The next build tries again.
		if (!isLockTimeout(error)) throw error
	}
}
