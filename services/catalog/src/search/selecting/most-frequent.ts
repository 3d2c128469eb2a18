import { compareTokens } from '../segments/compare-tokens.ts'
import { type FacetValue, mostFacetValues } from './selection.ts'

/** The values with the largest counts, then in the order of their bytes. Values without a product are left out. */
export function mostFrequent(counts: ArrayLike<number>, nameOf: (id: number) => string): FacetValue[] {
	const best: FacetValue[] = []
	let least = 1
	for (let id = 0; id < counts.length; id++) {
		const count = counts[id] as number
		if (count < least) continue
		const found = { value: nameOf(id), count }
		let place = best.length
		while (place > 0 && isBefore(found, best[place - 1] as FacetValue)) place--
		if (place === mostFacetValues) continue
		best.splice(place, 0, found)
		if (best.length > mostFacetValues) best.pop()
		if (best.length === mostFacetValues) least = (best.at(-1) as FacetValue).count
	}
	return best
}

function isBefore(one: FacetValue, other: FacetValue): boolean {
	return one.count === other.count ? compareTokens(one.value, other.value) < 0 : one.count > other.count
}
