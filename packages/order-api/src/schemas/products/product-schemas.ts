import { largestAmount } from '@mercat/catalog-api/amounts'
import { MoneySchema } from '@mercat/rest-api/money'
import { NextPageToken, PageSize, PageToken } from '@mercat/rest-api/paging'
import { strict, Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

export const ProductQuerySchema = Type.Object(
	{
		q: Type.String({
			default: '',
			description: 'Words, complete or begun; typos, "quoted phrases" and -excluded words',
		}),
		category: Type.Array(Type.String(), { default: [], description: 'Any of these, each with what is below it' }),
		brand: Type.Array(Type.String(), { default: [], description: 'Any of these' }),
		minPrice: Type.Optional(
			Type.Integer({ minimum: 0, maximum: largestAmount, description: 'In minor units; needs `currency`' }),
		),
		maxPrice: Type.Optional(
			Type.Integer({ minimum: 0, maximum: largestAmount, description: 'In minor units; needs `currency`' }),
		),
		currency: Type.String({ default: '', pattern: '^([A-Z]{3})?$', description: 'Only prices in this currency' }),
		inStock: Type.Boolean({ default: false, description: 'Only products that can be ordered now' }),
		orderBy: Type.String({
			default: 'relevance',
			enum: ['relevance', 'price', 'price desc', 'newest'],
			description: 'By price needs `currency`',
		}),
		attributeFacets: Type.Array(Type.String(), {
			default: [],
			description: 'Names of up to 10 attributes; each gets a facet `attributes.NAME`',
		}),
		collapse: Type.Optional(
			Type.String({
				enum: ['GROUP', 'group'],
				description: '`GROUP` shows only the best of the products with the same `group`',
			}),
		),
		pageSize: PageSize,
		pageToken: PageToken,
	},
	strict,
)

export const LowestPriceSchema = Type.Object(
	{
		amount: Type.Ref(MoneySchema, { description: 'The lowest price of the 30 days before the present price began' }),
		since: Time('When the present price began'),
	},
	{ $id: 'LowestPrice', description: 'What a price reduction must name in the European Union (directive 98/6/EC)' },
)

export const ProductSchema = Type.Object(
	{
		sku: Type.String({ description: 'Identifies the product' }),
		title: Type.String(),
		description: Type.String({ description: 'Empty when there is none' }),
		brand: Type.String({ description: 'Empty when there is none' }),
		category: Type.String({ description: 'A path, such as `Home/Kitchen`' }),
		price: Type.Ref(MoneySchema),
		attributes: Type.Record(Type.String(), Type.String(), { description: 'Texts by name, such as a colour' }),
		imageUrls: Type.Array(Type.String()),
		state: Type.String({ enum: ['ACTIVE', 'ARCHIVED'], description: 'An archived product cannot be ordered' }),
		availableQuantity: Type.Integer({ description: 'How many can be ordered now' }),
		etag: Type.String({ description: 'Changes with every change of the product, but not with a price of ApplyPrices' }),
		createTime: Time('When it was made'),
		updateTime: Time('When it was changed last'),
		group: Type.Optional(Type.String({ description: 'The name that the variants of one thing share' })),
		lowestPrice30d: Type.Optional(
			Type.Ref(LowestPriceSchema, { description: 'Only while the present price is a reduction' }),
		),
	},
	{ $id: 'Product', description: 'A product with its present price and stock' },
)

export const ProductListSchema = Type.Object(
	{
		products: Type.Array(Type.Ref(ProductSchema)),
		nextPageToken: NextPageToken,
		totalSize: Type.Integer({ description: 'How many products fit, on all pages' }),
		totalSizeExact: Type.Boolean({ description: 'False when `totalSize` is a lower bound' }),
		facets: Type.Array(
			Type.Object({
				field: Type.String(),
				values: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })),
			}),
			{ description: 'How many of the products that fit have which value' },
		),
		match: Type.String({
			enum: ['ALL', 'SOME', 'CORRECTED'],
			description:
				'`ALL`: they have all words. `CORRECTED`: they have all words of `correctedQuery`. `SOME`: no product has all words',
		}),
		correctedQuery: Type.Optional(
			Type.String({ description: 'With `CORRECTED`: `q` with its misspelled words corrected' }),
		),
	},
	{ $id: 'ProductList', description: 'The best first' },
)

export type ProductQuery = Static<typeof ProductQuerySchema>
export type LowestPrice = Static<typeof LowestPriceSchema>
export type ProductView = Static<typeof ProductSchema>
export type ProductList = Static<typeof ProductListSchema>
