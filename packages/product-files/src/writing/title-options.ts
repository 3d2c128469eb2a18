import type { WrittenProduct } from './written-product.ts'

export type TitleOptions = {
	/** The title of the product without its variant. */
	title: string
	/** The attributes whose values the title of a variant ends with. */
	names: string[]
}

const mostOptions = 3

/**
 * The ways in which a title may be that of a variant: "T-shirt – Red / M" ends with the values of Color and Size.
 *
 * @param isAlone whether there is no other variant, so that a product without options is one more way
 */
export function* titleOptions({ title, attributes }: WrittenProduct, isAlone: boolean): Generator<TitleOptions> {
	const named = Object.entries(attributes).filter(([name, value]) => name !== 'sourceSku' && value !== '')
	yield* endings(
		title,
		named.toSorted(([a], [b]) => (a < b ? -1 : 1)),
		[],
	)
	if (isAlone) yield { title, names: [] }
}

function* endings(title: string, attributes: [string, string][], names: string[]): Generator<TitleOptions> {
	for (const [name, value] of attributes) {
		if (names.includes(name) || !title.endsWith(value)) continue
		const before = title.slice(0, title.length - value.length)
		const chosen = [name, ...names]
		if (before.endsWith(' – ') && before.length > 3) yield { title: before.slice(0, -3), names: chosen }
		if (before.endsWith(' / ') && chosen.length < mostOptions) yield* endings(before.slice(0, -3), attributes, chosen)
	}
}
