/**
 * The parts of a product that search reads. The numbers are stored in the index. The last word of the head of a title, such as `mug`
 * in "Stoneware mug, 350 ml", is in `title` and in `head`.
 */
export const fields = { title: 0, brand: 1, category: 2, sku: 3, attributes: 4, description: 5, head: 6 } as const

export type Field = (typeof fields)[keyof typeof fields]

/**
 * What search reads of one product: an entry in both arrays for each occurrence of a token.
 *
 * A token is a folded word (or a part or joined form of words); with `*` before it the stem of an English word that differs
 * from the word; with `#` before it the whole sku, folded and without separators.
 */
export type ProductTokens = {
	tokens: string[]
	/** Where each token is: {@link placeOf}. */
	places: number[]
	/** The number of words in the title. */
	titleWords: number
}

const lastPosition = 4_095

/** A place is a position within a field. Parts and joined forms have the position of the first word that they cover. */
export function placeOf(field: Field, position: number): number {
	return Math.min(position, lastPosition) * 8 + field
}

export function fieldOf(place: number): Field {
	return (place & 7) as Field
}

export function positionOf(place: number): number {
	return place >> 3
}
