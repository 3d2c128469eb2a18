import type { Explanation } from '@mercat/order-api/explanation-schemas'
import type { Refusal } from '@mercat/order-api/refusal-schemas'
import type { StockMovement } from '@mercat/order-api/stock-schemas'
import { problemTable } from '@mercat/rest-api/problem-table'
import { orderId } from './example-order.ts'

export const exampleMovement: StockMovement = {
	kind: 'ADJUST',
	delta: -3,
	cause: '5f1c1a3d0b7e4c8f9a2b6d7e8f901234',
	orderId: null,
	reason: 'Three mugs are broken',
	who: 'warehouse',
	at: '2026-11-29T08:15:02.117Z',
}

export const exampleRefusal: Refusal = {
	at: '2026-11-29T12:01:04.207Z',
	operation: 'place',
	status: problemTable.OUT_OF_STOCK.status,
	code: 'OUT_OF_STOCK',
	customerId: 'alice',
	orderId,
	traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
	detail: problemTable.OUT_OF_STOCK.meaning,
	items: [{ sku: 'MUG-STONE-350', requested: 3, available: 1 }],
}

export const exampleExplanation: Explanation = {
	verdict: 'refused',
	sentence:
		'Refused on 29 November 2026 at 12:01:04 UTC: OUT_OF_STOCK. The order asked for 3 of MUG-STONE-350 where 1 was available. Nothing was ordered. Order what is available, or try later.',
	orderId,
	order: null,
	evidence: [
		{
			at: exampleRefusal.at,
			source: 'refusal',
			text: `409 OUT_OF_STOCK to alice (place), trace ${exampleRefusal.traceId}. The order asked for 3 of MUG-STONE-350 where 1 was available. Nothing was ordered.`,
		},
		{ at: null, source: 'reservation', text: 'The catalog has no reservation of the order' },
	],
}
