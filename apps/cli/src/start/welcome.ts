import { randomUUID } from 'node:crypto'
import { signToken } from '@mercat/service/tokens'
import type { SigningKey } from '../command/signing-key.ts'

const lifetimeMs = 24 * 3_600_000

/** Each as `HOST:PORT`. */
export type Addresses = { catalog: string; order: string; metrics?: { catalog: string; order: string } }

/** The text that `mercat start` prints when both services listen: addresses, a token, and an order to paste. */
export function welcome({ catalog, order: orders, metrics }: Addresses, signingKey: SigningKey): string {
	const rest = `http://${orders}`
	const token = signToken(signingKey, { subject: 'demo', scope: 'orders:read orders:write', lifetimeMs })
	const order = JSON.stringify({ items: [{ sku: 'MUG-STONE-350', quantity: 2 }] })
	return `
REST  ${rest}
docs  ${rest}/docs
gRPC  ${catalog}${metrics ? metricsLines(metrics) : ''}

A token for the customer "demo", valid for one day:

${token}

Paste this into another terminal to order two mugs. Paste it again, and you get the same order again:

curl -sS -X POST ${rest}/v1/orders -H 'authorization: Bearer ${token}' -H 'content-type: application/json' -H 'idempotency-key: ${randomUUID()}' -d '${order}'

The embedded databases survive a killed process, but not a power cut. Use PostgreSQL for orders that matter.
Ctrl-C stops both services.
`
}

function metricsLines({ order, catalog }: { catalog: string; order: string }): string {
	return `\nmetrics of the order service  http://${order}/metrics\nmetrics of the catalog        http://${catalog}/metrics`
}
