// Places an order and asks again until the outcome is known. It needs Node 24 and no library; pnpm runs it on that Node:
//   MERCAT_TOKEN=$(npx --yes pnpm@12 mercat token --sub alice) npx --yes pnpm@12 exec node examples/place-order.ts MUG-STONE-350 2
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const { MERCAT_URL: url = 'http://127.0.0.1:8080', MERCAT_TOKEN: token = '' } = process.env
const [sku = 'MUG-STONE-350', quantity = '1'] = process.argv.slice(2)
// With the waits between them, about a minute.
const mostAttempts = 7
const longestWaitS = 30
// After these answers nothing has happened, and the same request may succeed later. No other 4xx changes by itself.
const passing = [408, 429]

// One key for the order, however often it is sent: the service places it once.
const idempotencyKey = randomUUID()

for (let attempt = 1; ; attempt++) {
	const answer = await send().catch((error: Error) => error)
	if (answer instanceof Response && answer.status === 201) {
		const { id, total } = (await answer.json()) as { id: string; total: { amountMinor: number; currency: string } }
		console.log(`placed ${id}: ${total.amountMinor} ${total.currency} in minor units`)
		break
	}
	if (answer instanceof Response && answer.status < 500 && !passing.includes(answer.status)) {
		await printRefusal(answer)
		process.exitCode = 1
		break
	}
	// After a 5xx, or without any answer, the order may have been placed: the same request settles it.
	const outcome = answer instanceof Response ? `answer ${answer.status}` : `no answer (${answer.message})`
	if (attempt === mostAttempts) {
		throw new Error(`${outcome}, ${attempt} times; the order may have been placed`, { cause: answer })
	}
	const waitS = waitAfter(answer, attempt)
	console.error(`${outcome}: trying again in ${waitS.toFixed(1)} s`)
	await sleep(1000 * waitS)
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

// The wait doubles each time. Its upper half is random, so that clients do not all come back at once.
function waitAfter(answer: Response | Error, attempt: number): number {
	const mostS = Math.min(2 ** (attempt - 1), longestWaitS)
	const askedS = answer instanceof Response ? Number(answer.headers.get('retry-after')) : 0
	return Math.max(askedS, mostS * (0.5 + Math.random() / 2))
}

async function printRefusal(answer: Response): Promise<void> {
	type Problem = { code: string; detail: string; errors?: { pointer: string; detail: string }[] }
	const { code, detail, errors = [] } = (await answer.json()) as Problem
	console.error(`refused: ${code}. ${detail}`)
	for (const { pointer, detail: rule } of errors) console.error(`  ${pointer} ${rule}`)
}
