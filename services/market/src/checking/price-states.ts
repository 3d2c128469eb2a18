const dayMs = 86_400_000

/** The days since 1970 (UTC) of a time in milliseconds. */
export function dayOf(ms: number): number {
	return Math.floor(ms / dayMs)
}

const noDay = -1

/** What is known of the accepted prices of each product. A product has a slot: its place in every array. */
export function createPriceStates() {
	const slots = new Map<string, number>()
	const currencies: string[] = []
	let length = 1_024
	let amounts = new Float64Array(length)
	let times = new Float64Array(length).fill(Number.NEGATIVE_INFINITY)
	let firstAmounts = new Float64Array(length)
	let firstTimes = new Float64Array(length)
	let days = new Int32Array(length).fill(noDay)
	// One more than the place of the currency. 0 of a product that has no price.
	let currencyNumbers = new Uint16Array(length)

	function grow(): void {
		length *= 2
		amounts = copy(amounts, new Float64Array(length))
		times = copy(times, new Float64Array(length).fill(Number.NEGATIVE_INFINITY))
		firstAmounts = copy(firstAmounts, new Float64Array(length))
		firstTimes = copy(firstTimes, new Float64Array(length))
		days = copy(days, new Int32Array(length).fill(noDay))
		currencyNumbers = copy(currencyNumbers, new Uint16Array(length))
	}

	function setFirst(slot: number, amount: number, atMs: number, day: number): void {
		days[slot] = day
		firstAmounts[slot] = amount
		firstTimes[slot] = atMs
	}

	function numberOf(currency: string): number {
		const place = currencies.indexOf(currency)
		return place === -1 ? currencies.push(currency) : place + 1
	}

	return {
		slotOf(sku: string): number {
			const known = slots.get(sku)
			if (known !== undefined) return known
			const slot = slots.size
			if (slot === length) grow()
			slots.set(sku, slot)
			return slot
		},

		hasPrice: (slot: number): boolean => currencyNumbers[slot] !== 0,

		/** The last accepted price; undefined when there is none, or when it is in another currency. */
		lastAmount(slot: number, currency: string): number | undefined {
			const number = currencyNumbers[slot] as number
			return number > 0 && currencies[number - 1] === currency ? amounts[slot] : undefined
		},

		/** The time of the last accepted price; infinitely early when there is none. */
		lastTime: (slot: number): number => times[slot] as number,

		/** The first accepted price of the day that has `atMs`; undefined when there is none. */
		firstAmount: (slot: number, atMs: number): number | undefined =>
			days[slot] === dayOf(atMs) ? firstAmounts[slot] : undefined,

		/** @param anew whether the prices of its day that were before count no more */
		accept(slot: number, currency: string, amount: number, atMs: number, anew: boolean): void {
			const day = dayOf(atMs)
			const knownDay = days[slot] as number
			if (anew && day >= knownDay) setFirst(slot, amount, Number.NEGATIVE_INFINITY, day)
			else if (day > knownDay) setFirst(slot, amount, atMs, day)
			amounts[slot] = amount
			times[slot] = atMs
			currencyNumbers[slot] = numberOf(currency)
		},

		/** Takes a price that came late. It may be the first one of its day. */
		acceptLate(slot: number, amount: number, atMs: number): void {
			const day = dayOf(atMs)
			if (days[slot] === day && atMs < (firstTimes[slot] as number)) setFirst(slot, amount, atMs, day)
		},

		/** Restores the first price of a day. Prices of the day that are accepted afterwards leave it. */
		restoreFirst: (slot: number, amount: number, atMs: number): void => setFirst(slot, amount, atMs, dayOf(atMs)),
	}
}

function copy<Array extends Float64Array | Int32Array | Uint16Array>(from: Array, to: Array): Array {
	to.set(from)
	return to
}
