import { createEndedWebhookStore } from '@mercat/order/ended-webhooks'
import { createOutboxAdminStore, type MessageChange, type OpenMessage } from '@mercat/order/outbox'
import { openExistingDatabase } from '../command/open-existing-database.ts'

/**
 * Runs `mercat outbox list`, which prints a line for each pending or dead message, and for each webhook that left
 * WEBHOOK_URLS before it had got everything.
 */
export async function runOutboxList(orderDb: string | undefined, env: NodeJS.ProcessEnv): Promise<void> {
	await using database = await openExistingDatabase('order', orderDb, env)
	const messages = await createOutboxAdminStore(database).listOpen()
	for (const message of messages) console.log(describe(message))
	const ended = await createEndedWebhookStore(database).findEnded()
	for (const { id, url, endedAt, pending } of ended) {
		const left = `to ${url}, which left WEBHOOK_URLS at ${endedAt.toISOString()}`
		console.log(`${pending} ${pending === 1 ? 'event' : 'events'} for webhook ${id} ${left}`)
	}
	if (ended.length > 0)
		console.log(
			'`mercat webhooks delete ID` drops such events, `mercat webhooks change ID --url URL` sends them elsewhere',
		)
	const dead = messages.filter(({ state }) => state === 'dead').length
	console.log(`${messages.length - dead} pending, ${dead} dead`)
}

/**
 * Runs `mercat outbox redrive`, which makes all dead messages pending again, or only the given ids.
 *
 * @returns the exit code: 1 if a given message is not sent again
 */
export async function runOutboxRedrive(
	ids: number[],
	orderDb: string | undefined,
	env: NodeJS.ProcessEnv,
): Promise<number> {
	await using database = await openExistingDatabase('order', orderDb, env)
	const store = createOutboxAdminStore(database)
	if (ids.length > 0) return report(await store.redrive(ids), () => 'will be sent again')
	console.log(`${counted(await store.redriveAll())} will be sent again`)
	return 0
}

/**
 * Runs `mercat outbox drop`, which gives up messages to webhooks. An attempt that is under way may still arrive.
 *
 * @returns the exit code: 1 if a message is not dropped
 */
export async function runOutboxDrop(
	ids: number[],
	orderDb: string | undefined,
	env: NodeJS.ProcessEnv,
): Promise<number> {
	await using database = await openExistingDatabase('order', orderDb, env)
	const changes = await createOutboxAdminStore(database).drop(ids)
	const exitCode = report(changes, (count) => `${count === 1 ? 'was' : 'were'} dropped`)
	if (changes.some(({ outcome }) => outcome === 'changed'))
		console.log('An attempt that is under way may still arrive.')
	return exitCode
}

/**
 * Runs `mercat outbox redirect`, which sends messages to webhooks to another URL.
 *
 * @returns the exit code: 1 if a message is not sent there
 */
export async function runOutboxRedirect(
	ids: number[],
	{ to, orderDb }: { to: string; orderDb?: string },
	env: NodeJS.ProcessEnv,
): Promise<number> {
	await using database = await openExistingDatabase('order', orderDb, env)
	const changes = await createOutboxAdminStore(database).redirect(ids, to)
	return report(
		changes,
		() => 'will be sent there once an order service with WEBHOOK_SECRET runs, a minute later at most',
	)
}

/** Prints a line for each message that has not changed, and how many have. Returns the exit code. */
function report(changes: MessageChange[], done: (count: number) => string): number {
	const unchanged = changes.filter(({ outcome }) => outcome !== 'changed')
	for (const change of unchanged) console.error(`mercat: message ${change.id} ${reasonOf(change)}`)
	const count = changes.length - unchanged.length
	console.log(`${counted(count)} ${done(count)}`)
	return unchanged.length === 0 ? 0 : 1
}

function counted(messages: number): string {
	return messages === 1 ? '1 message' : `${messages} messages`
}

function reasonOf(change: MessageChange): string {
	switch (change.outcome) {
		case 'changed':
			return 'is changed'
		case 'unknown':
			return 'does not exist'
		case 'pending':
			return `is pending already: its next attempt is at ${change.nextAttemptAt.toISOString()}`
		case 'delivered':
			return 'is delivered already'
		case 'dropped':
			return 'is dropped already'
		case 'command':
			return 'is a command for the catalog: the stock of its order depends on it, so it must be delivered'
		case 'duplicate':
			return 'was left as it is: its event has a message for that URL already'
	}
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
