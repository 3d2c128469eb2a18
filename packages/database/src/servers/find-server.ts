import { setTimeout as sleep } from 'node:timers/promises'
import { failureText } from '@mercat/service/failure-text'
import pg from 'pg'
import { type DatabaseServers, nameOf, type ServerAddress } from './database-url.ts'
import { isWanted, observeSession } from './session-kind.ts'

/** No server of a database has a wanted session. */
export class NoServerError extends Error {
	override name = 'NoServerError'
}

// Many statements ask during an outage, and each round opens a session with each server.
const leastRoundMs = 100

/**
 * Gives the first server that answers with a wanted session. All servers are asked at the same time, and one round at a time:
 * who asks during a round gets its result.
 *
 * @param timeoutMs how long a server may take to answer
 * @throws NoServerError when none answers with such a session in time
 */
export function findServer({ addresses, wanted, urlOn }: DatabaseServers, timeoutMs: number) {
	let round: Promise<ServerAddress> | undefined
	let lastRoundAt = Number.NEGATIVE_INFINITY

	async function askAll(): Promise<ServerAddress> {
		await sleep(Math.max(0, lastRoundAt + leastRoundMs - performance.now()))
		lastRoundAt = performance.now()
		const answers = addresses.map(ask)
		try {
			return await Promise.any(answers)
		} catch (cause) {
			const reasons = (cause as AggregateError).errors.map(failureText)
			throw new NoServerError(`no server gives a session for target_session_attrs=${wanted}: ${reasons.join('; ')}`)
		}
	}

	async function ask(address: ServerAddress): Promise<ServerAddress> {
		const client = new pg.Client({ connectionString: urlOn(address), connectionTimeoutMillis: timeoutMs })
		client.on('error', () => {})
		const kind = observeSession(client)
		try {
			await client.connect()
			if (isWanted(kind, wanted)) return address
		} catch (error) {
			throw new Error(`${nameOf(address)}: ${failureText(error)}`)
		} finally {
			client.end().catch(() => {})
		}
		throw new Error(`${nameOf(address)} ${kind.inHotStandby ? 'is a standby' : 'only reads'}`)
	}

	return () => {
		round ??= askAll().finally(() => {
			round = undefined
		})
		return round
	}
}
