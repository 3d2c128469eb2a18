import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@mercat/database/database'
import { sqlState } from '@mercat/database/errors'
import { type HeldTransaction, holdTransaction } from '@mercat/database/held-transaction'
import { CommandError } from '../command/command-error.ts'
import { createCutStore, createHolderStore, type Sender, senderTables } from './cut-store.ts'

/** The databases of a backup. The market need not be there. */
export type CutDatabases = { catalog: Database; order: Database; market?: Database }

export type CutOptions = {
	/** How long to ask again for tables that other transactions keep. */
	giveUpAfterMs?: number
}

// A lock never outlives its command by more, also when the network to it is cut.
const longestLockMs = 3_000
const pauseMs = 400
const vacuumAttempt = 5
const lockNotAvailable = '55P03'
const readOnly = '25006'

/**
 * Does `visit` with each database, in the order market, orders, catalog, at moments that belong together, and returns for how
 * many milliseconds the writers of commands were stopped.
 *
 * What comes later in this order is an answer to what comes before: whatever the first databases know of the catalog, the
 * catalog has. Between the first visit and the last, nobody can write a command or begin a round of prices. So whatever the
 * catalog has because of the others, they have, too: this is a consistent cut in the sense of Chandy and Lamport. Orders are
 * placed all the time, because only transitions write commands.
 *
 * @throws CommandError when other transactions keep the tables of commands
 */
export async function cutConsistently(
	databases: CutDatabases,
	visit: (service: keyof CutDatabases) => Promise<void>,
	{ giveUpAfterMs = 60_000 }: CutOptions = {},
): Promise<number> {
	await using locks = await stopSenders(databases, giveUpAfterMs)
	const stoppedAt = performance.now()
	if (databases.market !== undefined) await visit('market')
	await visit('order')
	await visit('catalog')
	await locks.commit().catch((cause: unknown) => {
		const fault = `a server has ended the lock on the writers of commands, because it lasted for ${longestLockMs / 1000} s`
		throw new CommandError(`${fault}: try again when the servers are less busy`, { cause })
	})
	return performance.now() - stoppedAt
}

type Locks = AsyncDisposable & { commit(): Promise<void> }

async function stopSenders(databases: CutDatabases, giveUpAfterMs: number): Promise<Locks> {
	const giveUpAt = performance.now() + giveUpAfterMs
	const senders = (['order', 'market'] as const).flatMap((sender) => {
		const database = databases[sender]
		return database === undefined ? [] : [{ sender, database }]
	})
	for (let attempt = 1; ; attempt++) {
		const refused = await tryToStop(senders, attempt % vacuumAttempt === 0)
		if (!('at' in refused)) return refused
		if (performance.now() >= giveUpAt) throw await keptError(refused.at)
		await sleep(pauseMs)
	}
}

type SenderDatabase = { sender: Sender; database: Database }

/** The locks of all senders, or the first one whose table is kept by others. */
async function tryToStop(
	senders: readonly SenderDatabase[],
	mayWait: boolean,
): Promise<Locks | { at: SenderDatabase }> {
	await using held = new AsyncDisposableStack()
	const locks: HeldTransaction[] = []
	for (const each of senders) {
		const { sender, database } = each
		const table = senderTables[sender]
		const waits = mayWait && (await createHolderStore(database).isVacuumed(table))
		const lock = held.use(await holdTransaction(database, longestLockMs))
		try {
			await createCutStore(lock).stopWriters(table, waits)
		} catch (error) {
			if (sqlState(error) === lockNotAvailable) return { at: each }
			if (sqlState(error) === readOnly)
				throw new CommandError(`the ${sender} database is on a standby: name its primary`, {
					exitCode: 2,
					cause: error,
				})
			throw error
		}
		locks.push(lock)
	}
	const kept = held.move()
	return {
		async commit() {
			for (const lock of locks) await lock.commit()
		},
		[Symbol.asyncDispose]: () => kept.disposeAsync(),
	}
}

async function keptError({ sender, database }: SenderDatabase): Promise<CommandError> {
	const table = senderTables[sender]
	const holders = await createHolderStore(database).listHolders(table)
	const names = holders.join(', ') || 'many short ones'
	return new CommandError(
		`other transactions keep the table ${table} of the ${sender} database: ${names}. End them, and try again`,
	)
}
