import { checkWebhooks } from './check-webhooks.ts'
import { clockFault } from './clock-fault.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { type Answer, getAnswer } from './get-answer.ts'
import { type AskedService, askLiveness, readinessFault, tokenFault } from './service-answers.ts'
import { tryOrder } from './try-order.ts'

const subject = 'order service'
const asked: AskedService = {
	name: subject,
	option: '--orders',
	remedy: 'start it, or name its URL with --orders',
}
// HTTP tells the time in whole seconds.
const dateStepMs = 1_000

/**
 * Whether the order service at a URL can place orders, which needs its database and the catalog, whether it accepts a
 * token, whether the catalog accepts that of the order service, and whether its webhooks get their events.
 */
export async function checkOrders(url: string, token: string): Promise<Finding[]> {
	const beforeMs = Date.now()
	const alive = await askLiveness(url, asked)
	const afterMs = Date.now()
	if ('fault' in alive) return [wrong(subject, alive.fault)]

	const notReady = await readinessFault(url, 'place orders')
	const orders = await getAnswer(`${url}/v1/orders`, { token })
	const refusal = tokenFault(orders, 'orders', 'here, in the order service and in the catalog')
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
