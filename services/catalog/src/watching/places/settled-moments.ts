import type { ChangeLog, SettledLog } from '../../changes/log/change-log.ts'
import { CatalogError } from '../../errors/catalog-error.ts'
import type { WatchedEntry } from '../encoding/watched-entry.ts'

/** The moments at which every committed entry had its position. */
export type SettledMoments = {
	/**
	 * The latest one that is known. It may be of before the database was put back.
	 *
	 * @throws CatalogError DATABASE_UNAVAILABLE before the first one
	 */
	latest(): SettledLog
}

export function followSettled(
	log: Pick<ChangeLog<WatchedEntry>, 'settled' | 'onSettled'>,
): SettledMoments & Disposable {
	let known = log.settled()
	const stop = log.onSettled((settled) => {
		known = settled
	})
	return {
		latest() {
			if (known === undefined) throw new CatalogError('DATABASE_UNAVAILABLE')
			return known
		},
		[Symbol.dispose]: stop,
	}
}
