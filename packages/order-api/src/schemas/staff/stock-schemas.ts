import { largestAmount } from '@mercat/catalog-api/amounts'
import { NextPageToken, PageSize, PageToken } from '@mercat/rest-api/paging'
import { OneOf, strict, Text, Time, VisibleText } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

const longestReason = 200

export const StockLevelSchema = Type.Object(
	{
		sku: Type.String(),
		onHand: Type.Integer({ description: 'The pieces in the warehouse' }),
		held: Type.Integer({ description: 'The pieces of these that orders hold, which are not sold yet' }),
		available: Type.Integer({ description: '`onHand` minus `held`: the pieces that can be ordered' }),
	},
	{ $id: 'StockLevel', description: 'The stock of a product' },
)

export const movementKinds = ['SET', 'ADJUST', 'COMMIT', 'RETURN'] as const

export const StockMovementSchema = Type.Object(
	{
		kind: OneOf(movementKinds, {
			description:
				'`SET`: by hand or by an import. `ADJUST`: by hand. `COMMIT`: a sale. `RETURN`: a sale was cancelled.',
		}),
		delta: Type.Integer({ description: 'Added to the quantity on hand; negative when it was taken from it' }),
		cause: Type.String({ description: 'The id of the request or of the order. One cause changes a product once.' }),
		orderId: Type.Union([Type.String({ format: 'uuid' }), Type.Null()], {
			description: 'The order of a sale, or of a cancelled sale',
		}),
		reason: Type.String({ description: 'As it was given; `import` for an import; may be empty' }),
		who: Type.String({ description: 'The subject of the token; empty where it was not kept yet' }),
		at: Time('When the change was made'),
	},
	{ $id: 'StockMovement', description: 'A change of the quantity on hand' },
)

export const StockMovementListSchema = Type.Object(
	{
		movements: Type.Array(Type.Ref(StockMovementSchema)),
		nextPageToken: NextPageToken,
	},
	{ $id: 'StockMovementList', description: 'The newest first' },
)

export const StockMovementQuerySchema = Type.Object({ pageSize: PageSize, pageToken: PageToken }, strict)

export const StockAdjustmentSchema = Type.Object(
	{
		delta: Type.Integer({
			minimum: -largestAmount,
			maximum: largestAmount,
			description: 'Added to the quantity on hand; negative takes pieces away',
		}),
		reason: VisibleText(longestReason),
	},
	{ ...strict, $id: 'StockAdjustment', description: 'Pieces that came or went, and why' },
)

export const StockSettingSchema = Type.Object(
	{
		onHand: Type.Integer({ minimum: 0, maximum: largestAmount, description: 'The new quantity on hand' }),
		reason: Type.Optional(Text(longestReason, 0, { description: 'The ledger keeps it' })),
	},
	{ ...strict, $id: 'StockSetting', description: 'The pieces that were counted' },
)

export const StockSkuParams = Type.Object({ sku: Type.String({ description: 'The sku of the product' }) })

export type StockLevel = Static<typeof StockLevelSchema>
export type StockMovement = Static<typeof StockMovementSchema>
export type StockMovementList = Static<typeof StockMovementListSchema>
export type StockAdjustment = Static<typeof StockAdjustmentSchema>
export type StockSetting = Static<typeof StockSettingSchema>
