import { type Budget, budgetForEach } from '@mercat/service/budget'
import type { Queryable } from './queryable.ts'

/** A transaction that stays open until its owner ends it. It is rolled back unless it is committed. */
export type HeldTransaction = Queryable &
	AsyncDisposable & {
		/** Throws when the server has ended the transaction meanwhile. */
		commit(): Promise<void>
	}

export type HeldTransactionNeeds = {
	transaction(work: (transaction: Queryable) => Promise<void>, budget: Budget): Promise<void>
}

const statementMs = 30_000

/** Begins a transaction. Its server ends it when no statement comes for `idleMs`; 0 is never. */
export async function holdTransaction({ transaction }: HeldTransactionNeeds, idleMs: number): Promise<HeldTransaction> {
	const begun = Promise.withResolvers<Queryable>()
	const over = Promise.withResolvers<void>()
	const ended = transaction(async (running) => {
		begun.resolve(running)
		await over.promise
	}, budgetForEach(statementMs))
	ended.catch(begun.reject)
	const { query } = await begun.promise
	const held: HeldTransaction = {
		query,
		async commit() {
			over.resolve()
			await ended
		},
		async [Symbol.asyncDispose]() {
			over.reject(new Error('the transaction is rolled back'))
			await ended.catch(() => {})
		},
	}
	try {
		await query(`set local idle_in_transaction_session_timeout = ${idleMs}`)
		return held
	} catch (error) {
		await held[Symbol.asyncDispose]()
		throw error
	}
}
