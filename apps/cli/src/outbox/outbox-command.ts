import { createOutboxAdminStore, type OpenMessage } from '@mercat/order/outbox'
import { openExistingDatabase } from '../command/open-existing-database.ts'

/** Runs `mercat outbox list`, which prints a line for each pending or dead message. */
export async function runOutboxList(orderDb: string | undefined, env: NodeJS.ProcessEnv): Promise<void> {
	await using database = await openExistingDatabase('order', orderDb, env)
	const messages = await createOutboxAdminStore(database).listOpen()
	for (const message of messages) console.log(describe(message))
	const dead = messages.filter(({ state }) => state === 'dead').length
	console.log(`${messages.length - dead} pending, ${dead} dead`)
}

/** Runs `mercat outbox redrive`, which makes all dead messages pending again, or only the given ids. */
export async function runOutboxRedrive(
	ids: number[],
	orderDb: string | undefined,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	await using database = await openExistingDatabase('order', orderDb, env)
	const count = await createOutboxAdminStore(database).redrive(ids)
	console.log(`${count} messages will be sent again`)
}

function describe({
	id,
	state,
	type,
	destination,
	orderId,
	version,
	attempts,
	nextAttemptAt,
	lastError,
}: OpenMessage): string {
	const when = state === 'pending' ? `next ${nextAttemptAt.toISOString()}` : 'dead'
	const error = lastError === null ? '' : `: ${lastError}`
	return `${id}  ${type} to ${destination}, order ${orderId} version ${version}, ${attempts} attempts, ${when}${error}`
}
