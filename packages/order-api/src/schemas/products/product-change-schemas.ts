import { strict } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

/** The most skus that one stream can be asked for. */
export const mostWatchedSkus = 100

export const ProductChangesQuerySchema = Type.Object(
	{
		skus: Type.Array(Type.String(), {
			default: [],
			description: `Only the changes of these: at most ${mostWatchedSkus}, repeated or between commas. One may be of a product that is made later`,
		}),
		products: Type.Optional(Type.String({ enum: ['only'], description: '`only` leaves out available quantities' })),
	},
	strict,
)

export const ProductChangesHeaders = Type.Object({
	'last-event-id': Type.Optional(
		Type.String({
			description: 'The last `id` of a broken stream with the same query. Browsers send it by themselves',
		}),
	),
})

export type ProductChangesQuery = Static<typeof ProductChangesQuerySchema>
