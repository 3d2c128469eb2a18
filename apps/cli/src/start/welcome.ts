import { randomUUID } from 'node:crypto'
import { signToken } from '@mercat/service/tokens'
import type { SigningKey } from '../command/signing-key.ts'

const lifetimeMs = 24 * 3_600_000

/** What a first-time user needs: where things are, a token, and an order to paste. */
export function welcome(catalogAddress: string, orderAddress: string, signingKey: SigningKey): string {
	const rest = `http://${orderAddress}`
	const token = signToken(signingKey, { subject: 'demo', scope: 'orders:read orders:write', lifetimeMs })
	const order = JSON.stringify({ items: [{ sku: 'MUG-STONE-350', quantity: 2 }] })
	return `
REST  ${rest}
docs  ${rest}/docs
gRPC  ${catalogAddress}

A token of the customer "demo", valid for a day:

${token}

An order of two mugs, to paste into another terminal. Pasted again, it answers the same order again:

curl -sS -X POST ${rest}/v1/orders -H 'authorization: Bearer ${token}' -H 'content-type: application/json' -H 'idempotency-key: ${randomUUID()}' -d '${order}'

The embedded databases survive a kill, but not a power cut: where orders matter, use PostgreSQL.
Ctrl-C stops both services.
`
}
