import pg from 'pg'
import type { DatabaseServers, ServerAddress } from './database-url.ts'
import { findServer } from './find-server.ts'
import { isWanted, observeSession } from './session-kind.ts'

/** Opens the sessions of a pool with that server of a database which has the wanted ones. */
export type ServerChoice = {
	/** The client class of the pool. */
	Client: typeof pg.Client
	/**
	 * Finds the server for new sessions, unless it is known. When it is another one than before, all sessions with the others are
	 * cut off at once, also those that wait for an answer.
	 *
	 * @throws NoServerError when no server has such sessions
	 */
	choose(): Promise<void>
	/** A session has failed, or could not be opened: the server may have stopped, hang, or have been demoted. */
	suspect(): void
	/** Whether a session is still of the wanted kind. */
	isWanted(client: pg.Client): boolean
}

export function chooseServer(servers: DatabaseServers, timeoutMs: number): ServerChoice {
	const find = findServer(servers, timeoutMs)
	const sessions = new Set<Session>()
	let server = servers.addresses[0] as ServerAddress
	let isKnown = false

	class Session extends pg.Client {
		readonly server = server
		readonly kind = observeSession(this)

		constructor(config?: pg.ClientConfig) {
			super({ ...config, connectionString: servers.urlOn(server) })
			sessions.add(this)
			this.once('end', () => sessions.delete(this))
		}
	}

	return {
		Client: Session,
		async choose() {
			if (isKnown) return
			server = await find()
			isKnown = true
			for (const session of sessions) if (session.server !== server) session.connection.stream.destroy()
		},
		suspect() {
			isKnown = false
		},
		isWanted: (client) => !(client instanceof Session) || isWanted(client.kind, servers.wanted),
	}
}
