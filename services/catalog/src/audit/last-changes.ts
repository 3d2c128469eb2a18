import { mixHash, tokenHashes } from './token-hashes.ts'

/** A product as a change has left it. */
export type ProductState = {
	currency: string
	amountMinor: number
	/** Null, with `archived`, where only the price is known. */
	version: number | null
	archived: boolean | null
}

type Table = ReturnType<typeof newTable>

const unknown = -1

/**
 * The latest change of each product, in 60 bytes a product. It keeps a hash of 64 bits of each sku: two of a million skus have
 * the same once in 10^7 times.
 */
export function createLastChanges() {
	let table = newTable(1 << 10)
	let count = 0
	// A currency has the number of its place.
	const currencies = ['']

	function numberOf(currency: string): number {
		const known = currencies.indexOf(currency)
		return known < 0 ? currencies.push(currency) - 1 : known
	}

	/** The place of a sku, or a free one. */
	function placeOf(sku: string): number {
		const [low, high] = tokenHashes(sku)
		return findPlace(table, low >>> 0, high >>> 0)
	}

	function take(sku: string): number {
		if (2 * count >= table.size) table = doubled(table)
		const place = placeOf(sku)
		if (table.currency[place] !== 0) return place
		const [low, high] = tokenHashes(sku)
		table.low[place] = low
		table.high[place] = high
		table.version[place] = unknown
		table.archived[place] = unknown
		count++
		return place
	}

	return {
		/** Takes the next change of the log. Returns what is wrong with it after the changes before it. */
		add(sku: string, { currency, amountMinor, version, archived }: ProductState): string | undefined {
			const place = take(sku)
			table.currency[place] = numberOf(currency)
			table.amount[place] = amountMinor
			if (version === null) return undefined
			const before = table.version[place] as number
			table.version[place] = version
			table.archived[place] = archived ? 1 : 0
			if (before === unknown || version === before + 1) return undefined
			return `in the log its version ${version} follows its version ${before}`
		},

		/** In what a product differs from its latest change. A product without one has not changed. */
		faultOf(sku: string, product: ProductState): string | undefined {
			const place = placeOf(sku)
			const [currency, amount] = [table.currency[place] as number, table.amount[place]]
			if (currency === 0) return undefined
			if (amount !== product.amountMinor || currencies[currency] !== product.currency)
				return `it costs ${product.amountMinor} ${product.currency}, and ${amount} ${currencies[currency]} by the log`
			const [version, archived] = [table.version[place], table.archived[place]]
			if (version === unknown) return undefined
			if (version !== product.version) return `it has the version ${product.version}, and ${version} by the log`
			if ((archived === 1) !== product.archived)
				return product.archived ? 'it is archived, and not by the log' : 'it is archived by the log only'
			return undefined
		},
	}
}

function newTable(size: number) {
	return {
		size,
		low: new Uint32Array(size),
		high: new Uint32Array(size),
		/** 0 in a free place. */
		currency: new Uint16Array(size),
		amount: new Float64Array(size),
		version: new Float64Array(size),
		archived: new Int8Array(size),
	}
}

function findPlace({ size, low, high, currency }: Table, lowHash: number, highHash: number): number {
	let place = mixHash(lowHash ^ highHash) & (size - 1)
	while (currency[place] !== 0 && (low[place] !== lowHash || high[place] !== highHash)) place = (place + 1) & (size - 1)
	return place
}

function doubled(table: Table): Table {
	const larger = newTable(2 * table.size)
	for (let from = 0; from < table.size; from++) {
		if (table.currency[from] === 0) continue
		const to = findPlace(larger, table.low[from] as number, table.high[from] as number)
		for (const column of ['low', 'high', 'currency', 'amount', 'version', 'archived'] as const)
			larger[column][to] = table[column][from] as number
	}
	return larger
}
