import { checkWebhooks } from './check-webhooks.ts'
import { clockFault } from './clock-fault.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { type Answer, getAnswer, type NoAnswer } from './get-answer.ts'
import { tryOrder } from './try-order.ts'

const subject = 'order service'
// HTTP tells the time in whole seconds.
const dateStepMs = 1_000

/**
 * Whether the order service at a URL can place orders, which needs its database and the catalog, whether it accepts a
 * token, whether the catalog accepts that of the order service, and whether its webhooks get their events.
 */
export async function checkOrders(url: string, token: string): Promise<Finding[]> {
	const beforeMs = Date.now()
	const alive = await getAnswer(`${url}/livez`)
	const afterMs = Date.now()
	if ('trouble' in alive)
		return [wrong(subject, `${url} does not answer (${alive.trouble}): start it, or name its URL with --orders`)]
	if (alive.status !== 200 || !alive.text.includes('"ok"'))
		return [wrong(subject, `something else than the order service answers at ${url}: name its URL with --orders`)]

	const notReady = readinessFault(await getAnswer(`${url}/readyz`))
	const refusal = tokenFault(await getAnswer(`${url}/v1/orders`, { token }))
	const order = notReady || refusal ? {} : await tryOrder(url, token)
	const faults = [clockOf(alive, beforeMs, afterMs), notReady, refusal, order.fault].filter(
		(fault) => fault !== undefined,
	)
	const webhooks = refusal === undefined ? [await checkWebhooks(url, token)] : []
	if (faults.length > 0) return [wrong(subject, `${url} answers, but ${faults.join('; ')}`), ...webhooks]
	const all = `${url} can write its database, reaches the catalog, and accepts tokens of this command`
	return [fine(subject, `${all}; ${order.note ?? 'the catalog accepts its token'}`), ...webhooks]
}

function clockOf({ date }: Answer, beforeMs: number, afterMs: number): string | undefined {
	const otherMs = date === null ? Number.NaN : Date.parse(date)
	return Number.isNaN(otherMs) ? undefined : clockFault(otherMs, beforeMs, afterMs, dateStepMs)
}

function readinessFault(answer: Answer | NoAnswer): string | undefined {
	if ('status' in answer && answer.status === 200) return undefined
	return 'it cannot place orders: it does not reach the catalog, or cannot write its database. The other lines tell which of them works from here; compare CATALOG_ADDRESS and DATABASE_URL of the order service, and read its log'
}

function tokenFault(answer: Answer | NoAnswer): string | undefined {
	if ('trouble' in answer) return `it did not answer a request for orders (${answer.trouble}): read its log`
	// Without the scope the token is accepted, and permits less.
	if (answer.status === 200 || answer.status === 403) return undefined
	if (answer.status !== 401) return `it answered a request for orders with ${answer.status}: read its log`
	return 'it refuses tokens of this command: JWT_SECRET, JWT_ISSUER and JWT_AUDIENCE must be the same here, in the order service and in the catalog; with JWT_JWKS_URL, set MERCAT_TOKEN'
}
