import { randomUUID } from 'node:crypto'
import { signToken } from '@mercat/service/tokens'
import type { SigningKey } from '../command/signing-key.ts'

const customerLifetimeMs = 24 * 3_600_000
const staffLifetimeMs = 8 * 3_600_000
const staffScopes =
	'orders:manage orders:read orders:write webhooks:manage events:read catalog:write market:read market:manage'

/** Each as `HOST:PORT`. */
export type Addresses = { catalog: string; order: string; metrics?: { catalog: string; order: string } }

export type WelcomeOptions = {
	/** Whether the order service serves the console. */
	hasConsole: boolean
	/** Whether the catalog got the demo products, so that there is something to order. */
	demo: boolean
}

/**
 * The text that `mercat start` prints when the catalog and the order service listen: addresses, a link to the console, a token, and an order to
 * paste.
 */
export function welcome(
	{ catalog, order: orders, metrics }: Addresses,
	signingKey: SigningKey,
	{ hasConsole, demo }: WelcomeOptions,
): string {
	const rest = `http://${orders}`
	const scope = 'orders:read orders:write'
	const token = signToken(signingKey, { subject: 'demo', scope, lifetimeMs: customerLifetimeMs })
	return `
REST  ${rest}
docs  ${rest}/docs
gRPC  ${catalog}${metrics ? metricsLines(metrics) : ''}
${hasConsole ? consoleLines(rest, signingKey) : ''}
A token for the customer "demo", valid for one day:

${token}

${demo ? orderLines(rest, token) : 'The catalog has no demo products. `mercat import FILE` brings in your own.'}

The embedded databases survive a killed process, but not a power cut. Use PostgreSQL for orders that matter.
Ctrl-C stops all services.
`
}

/** What `mercat start` prints when the market listens. Each address is `HOST:PORT`. */
export function marketLines({ rest, grpc, metrics }: { rest: string; grpc: string; metrics?: string }): string {
	const lines = [`market  http://${rest}, gRPC ${grpc}`]
	if (metrics !== undefined) lines.push(`metrics of the market         http://${metrics}/metrics`)
	return lines.join('\n')
}

function orderLines(rest: string, token: string): string {
	const order = JSON.stringify({ items: [{ sku: 'MUG-STONE-350', quantity: 2 }] })
	return `Paste this into another terminal to order two mugs. Paste it again, and you get the same order again:

curl -sS -X POST ${rest}/v1/orders -H 'authorization: Bearer ${token}' -H 'content-type: application/json' -H 'idempotency-key: ${randomUUID()}' -d '${order}'`
}

// A fragment is sent to no server, so the token is in no log.
function consoleLines(rest: string, signingKey: SigningKey): string {
	const token = signToken(signingKey, { subject: 'staff', scope: staffScopes, lifetimeMs: staffLifetimeMs })
	return `
A link to the console for staff, valid for 8 hours. The browser's history may keep it:
use a private window, or paste it into the form at /console/.

console ${rest}/console/#token=${token}
`
}

function metricsLines({ order, catalog }: { catalog: string; order: string }): string {
	return `\nmetrics of the order service  http://${order}/metrics\nmetrics of the catalog        http://${catalog}/metrics`
}
