/** Parts of at most so many elements. */
export function partsOf<Element>(elements: readonly Element[], most: number): Element[][] {
	return Array.from({ length: Math.ceil(elements.length / most) }, (_, part) =>
		elements.slice(part * most, (part + 1) * most),
	)
}
