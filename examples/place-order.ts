// Places an order and asks again until the outcome is known. It needs Node 24 and no library; pnpm runs it on that Node:
//   MERCAT_TOKEN=$(npx --yes pnpm@12 mercat token --sub alice) npx --yes pnpm@12 exec node examples/place-order.ts MUG-STONE-350 2
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const { MERCAT_URL: url = 'http://127.0.0.1:8080', MERCAT_TOKEN: token = '' } = process.env
const [sku = 'MUG-STONE-350', quantity = '1'] = process.argv.slice(2)
const mostAttempts = 10

// One key for the order, however often it is sent: the service places it once.
const idempotencyKey = randomUUID()

for (let attempt = 1; ; attempt++) {
	const answer = await send().catch((error: Error) => error)
	if (answer instanceof Response && answer.status === 201) {
		const { id, total } = (await answer.json()) as { id: string; total: { amountMinor: number; currency: string } }
		console.log(`placed ${id}: ${total.amountMinor} ${total.currency} in minor units`)
		break
	}
	// A refusal is final. After a 5xx, or without any answer, the order may have been placed: the same request settles it.
	if (answer instanceof Response && answer.status < 500 && answer.status !== 429) {
		const { code, detail } = (await answer.json()) as { code: string; detail: string }
		console.error(`refused: ${code}. ${detail}`)
		process.exitCode = 1
		break
	}
	if (attempt === mostAttempts) throw new Error('no answer; the order may have been placed', { cause: answer })
	await sleep(1000 * waitS(answer))
}

function send(): Promise<Response> {
	return fetch(`${url}/v1/orders`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${token}`,
			'content-type': 'application/json',
			'idempotency-key': idempotencyKey,
		},
		body: JSON.stringify({ items: [{ sku, quantity: Number(quantity) }] }),
		signal: AbortSignal.timeout(5_000),
	})
}

function waitS(answer: Response | Error): number {
	const asked = answer instanceof Response ? Number(answer.headers.get('retry-after')) : 0
	return asked || 1
}
