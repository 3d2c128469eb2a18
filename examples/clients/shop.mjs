// A basket of a shop, from the prices of a page to the event of the order, with @mercat/client. It runs in Node 24 and in
// browsers; `shop.html` loads it into a page.
//   MERCAT_TOKEN=… MERCAT_READER_TOKEN=… node shop.mjs MUG-STONE-350 2
import { createMercat, followEvents, isProblem, listEvents, newIdempotencyKey, placeOrder } from '@mercat/client'

/**
 * Places an order for a basket, whatever has changed since the customer filled it, and waits for its event.
 *
 * @param {object} options
 * @param {string} options.url the address of the order service
 * @param {string} options.token of the customer
 * @param {string} options.readerToken with the scope `events:read`
 * @param {{ sku: string, quantity: number, expectedUnitPrice?: { amountMinor: number, currency: string } }[]} options.items
 * @param {(line: string) => void} options.show
 */
export async function shop({ url, token, readerToken, items, show }) {
	const customer = createMercat({
		baseUrl: url,
		token,
		// After an answer that was lost the same request settles what happened. The client sends it with the same key.
		onRetry: ({ outcome, attempt }) => show(`${outcome instanceof Error ? 'no answer' : outcome}, attempt ${attempt}`),
	})
	const reader = createMercat({ baseUrl: url, token: readerToken })

	// The end of the log, before anything is ordered.
	const { data: page } = await listEvents({ client: reader, query: { after: 'now' } })

	const { order, isReplayed } = await placeBasket(customer, items, show)
	const { amountMinor, currency } = order.total
	show(`placed for ${amountMinor} ${currency}${isReplayed ? ', by an attempt whose answer was lost' : ''}`)

	// The position is what a program stores, so that it goes on there after a restart.
	for await (const { event } of followEvents({ client: reader, query: { after: page.next, orderId: order.id } })) {
		show(event.type)
		if (event.type === 'mercat.order.placed.v1') break
	}
	return order
}

/** Places the order. A refusal does not use up the key, so the corrected basket has the same one. */
async function placeBasket(client, items, show) {
	const headers = { 'idempotency-key': newIdempotencyKey() }
	for (;;) {
		try {
			const { data: order, response } = await placeOrder({ client, headers, body: { items } })
			return { order, isReplayed: response.headers.get('idempotent-replayed') === 'true' }
		} catch (error) {
			// A shop shows the change to its customer, and asks.
			if (isProblem(error, 'PRICE_CHANGED')) items = withNewPrices(items, error.items, show)
			else if (isProblem(error, 'OUT_OF_STOCK')) items = withoutMissing(items, error.items, show)
			else throw error
		}
	}
}

function withNewPrices(items, changed, show) {
	const prices = new Map(changed.map(({ sku, actual }) => [sku, actual]))
	for (const { sku, expected, actual } of changed) show(`${sku}: ${expected.amountMinor} is now ${actual.amountMinor}`)
	return items.map((item) => ({ ...item, expectedUnitPrice: prices.get(item.sku) ?? item.expectedUnitPrice }))
}

function withoutMissing(items, missing, show) {
	const quantities = new Map(missing.map(({ sku, available }) => [sku, available]))
	for (const { sku, available } of missing) show(available === 0 ? `${sku}: sold out` : `${sku}: only ${available}`)
	return items
		.map((item) => ({ ...item, quantity: quantities.get(item.sku) ?? item.quantity }))
		.filter(({ quantity }) => quantity > 0)
}

// In a browser nothing is started: a page calls `shop`.
if (import.meta.main) {
	const {
		MERCAT_URL: url = 'http://127.0.0.1:8080',
		MERCAT_TOKEN: token,
		MERCAT_READER_TOKEN: readerToken,
	} = process.env
	const [sku = 'MUG-STONE-350', quantity = '1'] = process.argv.slice(2)
	// What the customer saw a day ago.
	const expectedUnitPrice = { amountMinor: 990, currency: 'EUR' }
	const items = [{ sku, quantity: Number(quantity), expectedUnitPrice }]
	await shop({ url, token, readerToken, items, show: console.log })
}
