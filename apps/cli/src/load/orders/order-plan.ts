/** How a customer of the load asks for an order. All but the first two are refused on purpose. */
export type Request = 'order' | 'repeated' | 'soldOut' | 'unknownSku' | 'changedPrice' | 'reusedKey'

/** What becomes of a placed order. An unpaid order expires. */
export type Fate = 'unpaid' | 'cancelledUnpaid' | 'cancelledPaid' | 'paid' | 'shipped' | 'delivered'

export type OrderPlan = { request: Request; fate: Fate }

// Of each hundred orders.
const requests: Record<Request, number> = {
	order: 86,
	repeated: 4,
	soldOut: 3,
	unknownSku: 2,
	changedPrice: 3,
	reusedKey: 2,
}
const fates: Record<Fate, number> = {
	unpaid: 6,
	cancelledUnpaid: 8,
	cancelledPaid: 4,
	paid: 12,
	shipped: 20,
	delivered: 50,
}

const requestOf = spread(requests)
const fateOf = spread(fates)
// Both have no factor in common with 100, so a hundred orders in sequence have each plan as often as the tables say.
const [requestStride, fateStride] = [37, 71]

/** The plan of the order at an index. Orders in sequence have mixed plans, and each hundred of them has the same mix. */
export function planOf(index: number): OrderPlan {
	return {
		request: requestOf[(index * requestStride) % 100] as Request,
		// Another hundred begins with another fate, or a request would always have the same fate.
		fate: fateOf[(index * fateStride + Math.floor(index / 100)) % 100] as Fate,
	}
}

function spread<Name extends string>(counts: Record<Name, number>): Name[] {
	return (Object.entries(counts) as [Name, number][]).flatMap(([name, count]) => Array<Name>(count).fill(name))
}
