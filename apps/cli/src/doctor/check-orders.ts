import { clockFault } from './clock-fault.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { type Answer, getAnswer } from './get-answer.ts'

const subject = 'order service'
// HTTP tells the time in whole seconds.
const dateStepMs = 1_000

/**
 * Whether the order service at a URL can place orders, which needs its database and the catalog, and whether it accepts a
 * token.
 */
export async function checkOrders(url: string, token: string): Promise<Finding> {
	const beforeMs = Date.now()
	const alive = await getAnswer(`${url}/livez`)
	const afterMs = Date.now()
	if ('trouble' in alive)
		return wrong(subject, `${url} does not answer (${alive.trouble}): start it, or name its URL with --orders`)
	if (alive.status !== 200 || !alive.text.includes('"ok"'))
		return wrong(subject, `something else than the order service answers at ${url}: name its URL with --orders`)

	const faults = [
		clockOf(alive, beforeMs, afterMs),
		readinessFault(await getAnswer(`${url}/readyz`)),
		tokenFault(await getAnswer(`${url}/v1/orders`, token)),
	].filter((fault) => fault !== undefined)
	if (faults.length > 0) return wrong(subject, `${url} answers, but ${faults.join('; ')}`)
	return fine(subject, `${url} can write its database, reaches the catalog, and accepts tokens of this command`)
}

function clockOf({ date }: Answer, beforeMs: number, afterMs: number): string | undefined {
	const otherMs = date === null ? Number.NaN : Date.parse(date)
	return Number.isNaN(otherMs) ? undefined : clockFault(otherMs, beforeMs, afterMs, dateStepMs)
}

function readinessFault(answer: Answer | { trouble: string }): string | undefined {
	if ('status' in answer && answer.status === 200) return undefined
	return 'it cannot place orders: it does not reach the catalog, or cannot write its database. The other lines tell which of them works from here; compare CATALOG_ADDRESS and DATABASE_URL of the order service, and read its log'
}

function tokenFault(answer: Answer | { trouble: string }): string | undefined {
	if ('trouble' in answer) return `it did not answer a request for orders (${answer.trouble}): read its log`
	if (answer.status !== 401) return undefined
	return 'it refuses tokens of this command: JWT_SECRET, JWT_ISSUER and JWT_AUDIENCE must be the same here, in the order service and in the catalog; with JWT_JWKS_URL, set MERCAT_TOKEN'
}
