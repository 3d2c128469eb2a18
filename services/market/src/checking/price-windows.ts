// The products of a page share two arrays, so that more products cost no copy of those before.
const slotsOfPage = 256

type Page = { recent: Float32Array; sorted: Float32Array }

/**
 * Keeps the last `size` changes of each product, as exact as 32 bits allow. It keeps them twice: in their order, to know which one is
 * the oldest, and sorted, so that a score needs no sort.
 */
export function createPriceWindows(size: number) {
	const pages: Page[] = []
	let counts = new Uint16Array(slotsOfPage)
	let oldest = new Uint16Array(slotsOfPage)

	function pageOf(slot: number): Page {
		const index = Math.floor(slot / slotsOfPage)
		while (pages.length <= index) {
			const length = slotsOfPage * size
			pages.push({ recent: new Float32Array(length), sorted: new Float32Array(length) })
			counts = grown(counts, pages.length * slotsOfPage)
			oldest = grown(oldest, pages.length * slotsOfPage)
		}
		return pages[index] as Page
	}

	return {
		/** Adds the latest change of a product. The oldest one leaves a full window. */
		push(slot: number, change: number): void {
			const { recent, sorted } = pageOf(slot)
			const start = (slot % slotsOfPage) * size
			const count = counts[slot] as number
			// With -0 a deviation could be -0, too, and an infinite score negative.
			const value = Math.fround(change) + 0
			if (count < size) {
				insert(sorted, start, start + count, value)
				recent[start + count] = value
				counts[slot] = count + 1
				return
			}
			const at = oldest[slot] as number
			replace(sorted, start, start + size, recent[start + at] as number, value)
			recent[start + at] = value
			oldest[slot] = at + 1 === size ? 0 : at + 1
		},

		/** Forgets the changes of a product. */
		clear(slot: number): void {
			pageOf(slot)
			counts[slot] = 0
			oldest[slot] = 0
		},

		count: (slot: number): number => counts[slot] ?? 0,

		/**
		 * The Hampel identifier: how far a change is from the median of the window, in standard deviations that are estimated from the
		 * median of the absolute deviations. Infinite for another value than the median where the deviations are 0.
		 */
		score(slot: number, change: number): number {
			const { sorted } = pageOf(slot)
			const start = (slot % slotsOfPage) * size
			const end = start + (counts[slot] as number)
			const median = medianOf(sorted, start, end)
			const distance = Math.abs(change - median)
			return distance === 0 ? 0 : distance / (deviationsOfMad * medianDeviation(sorted, start, end, median))
		},
	}
}

// For normally distributed values the standard deviation is so many times the median of the absolute deviations.
const deviationsOfMad = 1.4826

function grown(array: Uint16Array<ArrayBuffer>, length: number): Uint16Array<ArrayBuffer> {
	if (array.length >= length) return array
	const larger = new Uint16Array(length * 2)
	larger.set(array)
	return larger
}

/** The first place whose value is not below `value`. */
function placeOf(sorted: Float32Array, from: number, end: number, value: number): number {
	let low = from
	let high = end
	while (low < high) {
		const middle = (low + high) >> 1
		if ((sorted[middle] as number) < value) low = middle + 1
		else high = middle
	}
	return low
}

function insert(sorted: Float32Array, start: number, end: number, value: number): void {
	let place = end
	for (; place > start && (sorted[place - 1] as number) > value; place--) sorted[place] = sorted[place - 1] as number
	sorted[place] = value
}

/** Puts a value in the place of another one, and moves only the values between the two. */
function replace(sorted: Float32Array, start: number, end: number, old: number, value: number): void {
	let place = placeOf(sorted, start, end, old)
	for (; place + 1 < end && (sorted[place + 1] as number) < value; place++) sorted[place] = sorted[place + 1] as number
	for (; place > start && (sorted[place - 1] as number) > value; place--) sorted[place] = sorted[place - 1] as number
	sorted[place] = value
}

function medianOf(sorted: Float32Array, start: number, end: number): number {
	const middle = (start + end) >> 1
	const upper = sorted[middle] as number
	return (end - start) % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}

/** The deviations grow to both sides of the median, so that the smaller half of them is met on the way outwards. */
function medianDeviation(sorted: Float32Array, start: number, end: number, median: number): number {
	const count = end - start
	const half = count >> 1
	let right = placeOf(sorted, start, end, median)
	let left = right - 1
	let last = 0
	let before = 0
	for (let met = 0; met <= half; met++) {
		const below = left < start ? Number.POSITIVE_INFINITY : median - (sorted[left] as number)
		const above = right >= end ? Number.POSITIVE_INFINITY : (sorted[right] as number) - median
		before = last
		if (below < above) {
			last = below
			left--
		} else {
			last = above
			right++
		}
	}
	return count % 2 === 1 ? last : (before + last) / 2
}
