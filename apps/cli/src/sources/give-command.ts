import { isSku, skuRule } from '@mercat/catalog-api/identifiers'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { ProductPart } from '@mercat/catalog-api/messages/ProductPart'
import { openCatalogCalls, refusalOf } from '../catalog/open-catalog-calls.ts'
import { CommandError } from '../command/command-error.ts'
import { readLines } from '../parsing/read-lines.ts'
import type { GivenPart } from './given-parts.ts'

export type GiveOptions = {
	/** As `HOST:PORT`. */
	catalog: string
	/** The new owner; `shop` is the shop itself. */
	to: string
	/** All parts when it is missing. */
	parts?: GivenPart[]
	/** A file with a sku in each line. */
	file?: string
}

const mostSkus = 500
const usageError = 2

const partNames: Record<GivenPart, ProductPart> = {
	content: 'PRODUCT_PART_CONTENT',
	price: 'PRODUCT_PART_PRICE',
	quantity: 'PRODUCT_PART_QUANTITY',
}

/**
 * Runs `mercat sources give`. Five hundred products are given at a time, all or none of them.
 *
 * @throws CommandError that says how many were given before
 */
export async function runSourcesGive(
	given: readonly string[],
	{ catalog, to, parts = [], file }: GiveOptions,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	const skus = [...new Set([...given, ...(file === undefined ? [] : readSkus(file))])]
	const source = to === 'shop' ? '' : to
	using calls = openCatalogCalls(catalog, env)
	let changed = 0
	for (let done = 0; done < skus.length; done += mostSkus) {
		const request = { skus: skus.slice(done, done + mostSkus), source, parts: parts.map((part) => partNames[part]) }
		try {
			changed += (await calls.call(catalogRpcs.GiveProducts, request)).changedCount
		} catch (error) {
			throw withProgress(error, done)
		}
	}
	const what = parts.length === 0 ? 'all parts' : parts.join(', ')
	const owner = source === '' ? 'the shop' : source
	console.log(`${counted(skus.length)}: ${changed} had another owner, ${owner} owns ${what} now`)
}

function readSkus(path: string): string[] {
	return readLines(path).flatMap((line, index) => {
		const sku = line.trim()
		if (sku === '') return []
		if (isSku(sku)) return [sku]
		const text = `${path}, line ${index + 1}: a sku must have ${skuRule}`
		throw new CommandError(text, { exitCode: usageError })
	})
}

function withProgress(error: unknown, done: number): unknown {
	if (!(error instanceof CommandError)) return error
	const { reason, metadata } = refusalOf(error)
	const missing = metadata?.['skus']?.replaceAll(',', ', ')
	const why = reason === 'PRODUCT_NOT_FOUND' ? `the catalog has no product ${missing}` : error.message
	const before = done === 0 ? 'nothing was given' : `only the first ${counted(done)} were given`
	return new CommandError(`${why}: ${before}`, { cause: error })
}

function counted(count: number): string {
	return count === 1 ? '1 product' : `${count} products`
}
