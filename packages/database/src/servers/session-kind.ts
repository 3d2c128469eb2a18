import type pg from 'pg'
import type { WantedSession } from './database-url.ts'

export type SessionKind = { inHotStandby: boolean; readsOnly: boolean }

/** What a session tells of itself, as long as it lasts. A server older than PostgreSQL 14 tells nothing. */
export function observeSession(client: pg.Client): SessionKind {
	const kind = { inHotStandby: false, readsOnly: false }
	const onParameter = ({ parameterName, parameterValue }: { parameterName: string; parameterValue: string }) => {
		if (parameterName === 'in_hot_standby') kind.inHotStandby = parameterValue === 'on'
		if (parameterName === 'default_transaction_read_only') kind.readsOnly = parameterValue === 'on'
	}
	client.connection.on('parameterStatus', onParameter)
	return kind
}

/** Whether a session is of the wanted kind. */
export function isWanted({ inHotStandby, readsOnly }: SessionKind, wanted: WantedSession): boolean {
	if (wanted === 'any') return true
	if (wanted === 'standby') return inHotStandby
	return !inHotStandby && (wanted === 'primary' || !readsOnly)
}
