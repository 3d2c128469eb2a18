import type { Numbers } from './put-number.ts'

export const chunkBits = 14
/** The number of slots in a chunk. The memory of a table grows by chunks, so growing copies nothing. */
export const chunkSize = 1 << chunkBits
export const chunkMask = chunkSize - 1

/** What {@link Chunk.flags} has. */
export const inStockFlag = 1
/** Archived, or without a doc. */
export const hiddenFlag = 2

/** The columns of so many products. Each product has a slot; its entries have the same index in each column. */
export type Chunk = {
	/** The present doc; 0 for none. */
	docs: Uint32Array
	flags: Uint8Array
	currencies: Uint16Array
	/** Ids of the dictionary of categories. */
	categories: Numbers
	/** Ids of the dictionary of brands. */
	brands: Numbers
	/** Ids of groups; 0 for a product without one. */
	groups: Numbers
	amounts: Numbers
	/** Microseconds since 1970. */
	createdAt: Float64Array
	/** See `signOf`. */
	skuSigns: Uint32Array
}

export function createChunk(): Chunk {
	return {
		docs: new Uint32Array(chunkSize),
		flags: new Uint8Array(chunkSize),
		currencies: new Uint16Array(chunkSize),
		categories: new Uint16Array(chunkSize),
		brands: new Uint16Array(chunkSize),
		groups: new Uint16Array(chunkSize),
		amounts: new Uint32Array(chunkSize),
		createdAt: new Float64Array(chunkSize),
		skuSigns: new Uint32Array(chunkSize),
	}
}

/** A currency as a number: its three letters in base 26. */
export function currencyNumber(currency: string): number {
	const letter = (index: number) => currency.charCodeAt(index) - 65
	return (letter(0) * 26 + letter(1)) * 26 + letter(2)
}

export function chunkBytes(chunk: Chunk): number {
	return Object.values(chunk).reduce((sum, column) => sum + column.byteLength, 0)
}
