import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WrittenProduct, WrittenProducts } from '@mercat/product-files/written-product'

type Place = { start: number; length: number }

/** The products of a spool, with what the writer of a file must know before it begins. */
export type SpooledProducts = WrittenProducts & {
	count: number
	/** The currencies of their prices, sorted. */
	currencies: string[]
}

/**
 * Keeps the products of one listing in a temporary file: a header names the attributes of all products, and the products
 * of a group are written together, but the catalog gives products by sku, and has more than memory holds.
 */
export async function openProductSpool() {
	await using opened = new AsyncDisposableStack()
	const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'mercat-export-')), (path) => rm(path, { recursive: true }))
	const file = opened.adopt(await open(join(folder, 'products'), 'w+'), (handle) => handle.close())
	const places: Place[] = []
	const groups = new Map<string, Place[]>()
	const attributeNames = new Set<string>()
	const currencies = new Set<string>()
	let waiting: Buffer[] = []
	let waitingBytes = 0
	let end = 0

	const placesOf = (group: string): Place[] => {
		const known = groups.get(group) ?? []
		groups.set(group, known)
		return known
	}
	const flush = async () => {
		await file.appendFile(Buffer.concat(waiting))
		waiting = []
		waitingBytes = 0
	}
	const read = async ({ start, length }: Place): Promise<WrittenProduct> => {
		const { buffer } = await file.read(Buffer.alloc(length), 0, length, start)
		return JSON.parse(buffer.toString())
	}
	async function* all() {
		for (const place of places) yield await read(place)
	}

	const resources = opened.move()
	return {
		async add(product: WrittenProduct): Promise<void> {
			const bytes = Buffer.from(JSON.stringify(product))
			const place = { start: end, length: bytes.length }
			places.push(place)
			if (product.group !== '') placesOf(product.group).push(place)
			for (const name of Object.keys(product.attributes)) attributeNames.add(name)
			currencies.add(product.price.currencyCode)
			end += bytes.length
			waiting.push(bytes)
			waitingBytes += bytes.length
			if (waitingBytes >= longestWaiting) await flush()
		},
		/** Ends adding: the products can be read from now on. */
		async end(): Promise<SpooledProducts> {
			await flush()
			return {
				count: places.length,
				attributeNames: [...attributeNames].sort(),
				currencies: [...currencies].sort(),
				all,
				ofGroup: (group) => Promise.all((groups.get(group) ?? []).map(read)),
			}
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

const longestWaiting = 256 * 1024
