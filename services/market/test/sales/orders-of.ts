import type { Services } from '@mercat/order/testing/start-services'
import { token } from '@mercat/order/testing/tokens'
import type { History, OrderList } from '@mercat/order-api/order-schemas'
import type { Transition } from './test-log.ts'

const staff = token('staff', 'orders:manage')

/** The transitions of all orders, as the API tells them. */
export async function transitionsOf(services: Services): Promise<Transition[]> {
	const transitions: Transition[] = []
	let pageToken = ''
	do {
		const list = await services.get(`/v1/orders?pageSize=100&pageToken=${pageToken}`, { token: staff })
		const { orders, nextPageToken } = list.body as OrderList
		for (const { id, items, total } of orders) {
			const { history } = (await services.get(`/v1/orders/${id}/history`, { token: staff })).body as History
			const lines = items.map(({ sku, quantity, lineTotal }) => ({ sku, quantity, amountMinor: lineTotal.amountMinor }))
			for (const [index, { to, when }] of history.entries()) {
				transitions.push({
					order: id,
					version: index + 1,
					status: to,
					atMs: Date.parse(when),
					currency: total.currency,
					lines,
				})
			}
		}
		pageToken = nextPageToken
	} while (pageToken !== '')
	return transitions
}

/** Makes a transition of an order. */
export async function act(services: Services, id: string, action: 'pay' | 'cancel'): Promise<void> {
	const body = action === 'pay' ? { reference: 'r1' } : {}
	const { status } = await services.request('POST', `/v1/orders/${id}/${action}`, { token: staff, body })
	if (status !== 200) throw new Error(`the order could not ${action}: ${status}`)
}

/** Places an order, and pays or cancels some. */
export async function placeAndAct(services: Services, skus: readonly string[], index: number): Promise<void> {
	const items = skus.slice(0, 1 + (index % skus.length)).map((sku) => ({ sku, quantity: 1 + (index % 3) }))
	const { status, body } = await services.place({ items })
	if (status !== 201) throw new Error(`an order was refused: ${status} ${body.code}`)
	if (index % 2 === 0) await act(services, body.id, 'pay')
	else if (index % 5 === 0) await act(services, body.id, 'cancel')
}
