import { type Field, fields, type ProductTokens, placeOf } from './product-tokens.ts'

type Text = {
	sku: string
	title: string
	description: string
	brand: string
	category: string
	attributes: Record<string, string>
}

// A stand-in for tests until the analysis is there.
export function analyseProduct({ sku, title, description, brand, category, attributes }: Text): ProductTokens {
	const tokens: string[] = []
	const places: number[] = []
	const add = (text: string, field: Field) => {
		const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
		for (const [position, word] of words.entries()) {
			tokens.push(word.slice(0, 64))
			places.push(placeOf(field, position))
		}
		return words.length
	}
	const titleWords = add(title, fields.title)
	add(brand, fields.brand)
	add(category, fields.category)
	add(sku, fields.sku)
	add(Object.values(attributes).join(' '), fields.attributes)
	add(description, fields.description)
	tokens.push(`#${sku.toLowerCase()}`)
	places.push(placeOf(fields.sku, 0))
	return { tokens, places, titleWords }
}
