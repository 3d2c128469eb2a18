import { Type } from '@sinclair/typebox'

const Money = Type.Object({ amountMinor: Type.Integer(), currency: Type.String() })

export const OrderRequest = Type.Object(
	{
		items: Type.Array(
			Type.Object(
				{
					sku: Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' }),
					quantity: Type.Integer({ minimum: 1, maximum: 10_000 }),
				},
				{ additionalProperties: false },
			),
			{ minItems: 1, maxItems: 100 },
		),
	},
	{ additionalProperties: false },
)

/** An order in a response of the order service. */
export const Order = Type.Object({
	id: Type.String(),
	status: Type.String(),
	customerId: Type.String(),
	items: Type.Array(
		Type.Object({
			sku: Type.String(),
			title: Type.String(),
			quantity: Type.Integer(),
			unitPrice: Money,
			lineTotal: Money,
		}),
	),
	total: Money,
	placedAt: Type.String(),
	updatedAt: Type.String(),
	expiresAt: Type.String(),
	version: Type.Integer(),
})

export type OrderItem = { sku: string; title: string; quantity: number; amountMinor: number }

/** Converts stored items to the form in a response. */
export function itemViews(items: OrderItem[], currency: string) {
	return items.map(({ sku, title, quantity, amountMinor }) => ({
		sku,
		title,
		quantity,
		unitPrice: { amountMinor, currency },
		lineTotal: { amountMinor: amountMinor * quantity, currency },
	}))
}
