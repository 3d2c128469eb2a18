import { GeneralError } from '@mercat/grpc-service/general-error'
import type { ChangeLog, SettledLog } from '../../changes/log/change-log.ts'
import type { WatchedEntry } from '../encoding/watched-entry.ts'

/** The moments at which every committed entry had its position. */
export type SettledMoments = {
	/**
	 * The latest one that is known. It may be of before the database was put back.
	 *
	 * @throws GeneralError DATABASE_UNAVAILABLE before the first one
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
			if (known === undefined) throw new GeneralError('DATABASE_UNAVAILABLE')
			return known
		},
		[Symbol.dispose]: stop,
	}
}
