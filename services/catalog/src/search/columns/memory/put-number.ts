/** Whole numbers that are not negative, in as few bytes as the largest of them needs. */
export type Numbers = Uint16Array | Uint32Array | Float64Array

/** Writes a number. Returns the array, or a wider copy when the number does not fit. */
export function putNumber(numbers: Numbers, index: number, value: number): Numbers {
	const fitting = value <= mostOf(numbers) ? numbers : widened(numbers, value)
	fitting[index] = value
	return fitting
}

function mostOf(numbers: Numbers): number {
	if (numbers instanceof Float64Array) return Number.MAX_SAFE_INTEGER
	return numbers instanceof Uint32Array ? 0xffff_ffff : 0xffff
}

function widened(numbers: Numbers, value: number): Numbers {
	return value <= 0xffff_ffff ? Uint32Array.from(numbers) : Float64Array.from(numbers)
}
