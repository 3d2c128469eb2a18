import { largestAmount } from '@mercat/catalog-api/amounts'
import { skuPattern } from '@mercat/catalog-api/identifiers'
import { type Static, Type } from '@sinclair/typebox'
import { MoneySchema } from './money.ts'
import { PageSize, PageToken } from './paging.ts'
import { strict, Time } from './texts.ts'

export const Sku = Type.String({ pattern: skuPattern, examples: ['MUG-STONE-350'] })

export const ProductQuerySchema = Type.Object(
	{
		q: Type.String({ default: '', description: 'Words, complete or begun; typos are tolerated' }),
		category: Type.Array(Type.String(), { default: [], description: 'Any of these, each with what is below it' }),
		brand: Type.Array(Type.String(), { default: [], description: 'Any of these' }),
		minPrice: Type.Optional(
			Type.Integer({ minimum: 0, maximum: largestAmount, description: 'In minor units; needs `currency`' }),
		),
		maxPrice: Type.Optional(
			Type.Integer({ minimum: 0, maximum: largestAmount, description: 'In minor units; needs `currency`' }),
		),
		currency: Type.String({ default: '', pattern: '^([A-Z]{3})?$' }),
		inStock: Type.Boolean({ default: false }),
		orderBy: Type.String({ default: 'relevance', enum: ['relevance', 'price', 'price desc', 'newest'] }),
		pageSize: PageSize,
		pageToken: PageToken,
	},
	strict,
)

export const ProductSchema = Type.Object(
	{
		sku: Type.String(),
		title: Type.String(),
		description: Type.String(),
		brand: Type.String(),
		category: Type.String(),
		price: Type.Ref(MoneySchema),
		attributes: Type.Record(Type.String(), Type.String()),
		imageUrls: Type.Array(Type.String()),
		state: Type.String({ enum: ['ACTIVE', 'ARCHIVED'] }),
		availableQuantity: Type.Integer(),
		etag: Type.String(),
		createTime: Time,
		updateTime: Time,
	},
	{ $id: 'Product' },
)

export const ProductListSchema = Type.Object(
	{
		products: Type.Array(Type.Ref(ProductSchema)),
		nextPageToken: Type.String({ description: 'Empty on the last page' }),
		totalSize: Type.Integer(),
		totalSizeExact: Type.Boolean({ description: 'False when `totalSize` is a lower bound' }),
		facets: Type.Array(
			Type.Object({
				field: Type.String(),
				values: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })),
			}),
		),
	},
	{ $id: 'ProductList' },
)

export type ProductQuery = Static<typeof ProductQuerySchema>
export type ProductView = Static<typeof ProductSchema>
export type ProductList = Static<typeof ProductListSchema>
