/** Compares tokens as their UTF-8 bytes, which is the order of the database (collation C). Code units have another order. */
export function compareTokens(a: string, b: string): number {
	const length = Math.min(a.length, b.length)
	for (let index = 0; index < length; index++) {
		const [unit, other] = [a.charCodeAt(index), b.charCodeAt(index)]
		if (unit !== other) return rank(unit) - rank(other)
	}
	return a.length - b.length
}

// Characters above U+FFFF are pairs of surrogates, and come after all others.
function rank(unit: number): number {
	return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
