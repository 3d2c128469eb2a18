import type pg from 'pg'
import type { ServerChoice } from '../servers/choose-server.ts'
import { isPoolExhausted, isServerLeaving, isServerLost } from '../statements/errors.ts'

/** Hands out the sessions of a pool, and none that stayed with a server which has left. */
export type Sessions = {
	take(): Promise<pg.PoolClient>
	/** Takes a session back. It is closed when a statement has failed because of the connection, by `trouble`. */
	giveBack(client: pg.PoolClient, trouble: unknown): void
}

type SessionsNeeds = {
	/** Chooses the server of new sessions; missing where there is one. */
	choice: ServerChoice | undefined
	/** Whether the sessions are with a server, which can leave. */
	hasServer: boolean
	onIdleError(error: Error): void
}

export function createSessions(pool: pg.Pool, { choice, hasServer, onIdleError }: SessionsNeeds): Sessions {
	// The sessions that were opened since a server left. All others are closed instead of being used again.
	let usable = new WeakSet<pg.PoolClient>()
	pool.on('error', onIdleError)
	pool.on('connect', (client) => {
		usable.add(client)
		// Without a listener on the client itself, an error on an idle connection ends the process.
		client.on('error', onIdleError)
	})

	/** The server that was chosen may be gone: then another one is chosen once. */
	async function takeOfServer(choice: ServerChoice, isRepeated = false): Promise<pg.PoolClient> {
		await choice.choose()
		try {
			return await pool.connect()
		} catch (error) {
			choice.suspect()
			if (isRepeated || isPoolExhausted(error)) throw error
			return takeOfServer(choice, true)
		}
	}

	return {
		async take() {
			for (;;) {
				const client = choice === undefined ? await pool.connect() : await takeOfServer(choice)
				if (choice?.isWanted(client) === false) choice.suspect()
				else if (usable.has(client)) return client
				client.release(true)
			}
		},
		giveBack(client, trouble) {
			// An older session tells nothing about new ones.
			if (hasServer && usable.has(client)) {
				if (isServerLeaving(trouble)) usable = new WeakSet()
				if (isServerLost(trouble)) choice?.suspect()
			}
			client.release(trouble !== undefined || !usable.has(client))
		},
	}
}
