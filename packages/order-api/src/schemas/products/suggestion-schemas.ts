import { strict } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

export const SuggestionQuerySchema = Type.Object(
	{
		q: Type.String({ default: '', description: 'The query as far as it is typed' }),
		limit: Type.Integer({ minimum: 0, default: 0, description: '0 is 8; more than 20 is 20' }),
	},
	strict,
)

export const SuggestionListSchema = Type.Object(
	{
		suggestions: Type.Array(
			Type.Object({
				text: Type.String({ description: 'A query that finds products' }),
				kind: Type.String({
					enum: ['QUERY', 'PRODUCT', 'BRAND', 'CATEGORY', 'CORRECTION'],
					description: 'Where it comes from: words of products, a title, a brand, a category, or a corrected typo',
				}),
			}),
			{ description: 'The best first; no text comes twice' },
		),
	},
	{ $id: 'SuggestionList', description: 'Completions of a query' },
)

export type SuggestionQuery = Static<typeof SuggestionQuerySchema>
export type SuggestionList = Static<typeof SuggestionListSchema>
