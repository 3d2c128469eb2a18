import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type WriteOptions, writeProducts } from '@mercat/product-files/write-products'
import { connectToCatalog } from '../catalog/catalog-connection.ts'
import { CommandError } from '../command/command-error.ts'
import { commandTokens } from '../command/command-tokens.ts'
import { readSigningKey } from '../command/signing-key.ts'
import { replaceFile } from '../output/replaced-file.ts'
import { listProducts } from './list-products.ts'
import { openProductSpool } from './product-spool.ts'

export type ExportOptions = Pick<WriteOptions, 'format' | 'link'> & {
	/** As `HOST:PORT`. */
	catalog: string
	/** Missing for stdout. */
	out?: string
	/** Only products with prices in this currency. */
	currency?: string
}

/**
 * Runs `mercat export products`. A file is there only when it is whole.
 *
 * @throws CommandError when the catalog does not answer, or the format cannot have these products
 */
export async function runExport(
	{ catalog: address, out, currency, ...options }: ExportOptions,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	const given = env['MERCAT_TOKEN']
	const nextToken = given ? () => given : commandTokens(readSigningKey(env), 'catalog:write')
	const connection = connectToCatalog(address, env)
	try {
		await using spool = await openProductSpool()
		for await (const product of listProducts(connection, nextToken)) {
			if (currency === undefined || product.price.currencyCode === currency) await spool.add(product)
		}
		const products = await spool.end()
		if (options.format === 'shopify') checkCurrencies(products.currencies)
		const asNdjson = /\.(?:ndjson|jsonl)$/i.test(out ?? '')
		await write(writeProducts(products, { ...options, asNdjson }), out)
		if (out !== undefined) console.error(`${products.count} products were written to ${out}`)
	} finally {
		connection.close()
	}
}

function checkCurrencies(currencies: string[]): void {
	if (currencies.length < 2) return
	const problem = `a file of Shopify has prices in one currency, and the catalog has ${currencies.join(', ')}`
	throw new CommandError(`${problem}: choose one with --currency`)
}

async function write(parts: AsyncIterable<string>, path: string | undefined): Promise<void> {
	if (path === undefined) {
		for await (const part of parts) {
			if (!process.stdout.write(part)) await new Promise((resolve) => process.stdout.once('drain', resolve))
		}
		return
	}
	const file = replaceFile(path)
	try {
		await pipeline(Readable.from(parts), createWriteStream(file.path))
		file.finish()
	} catch (error) {
		file.drop()
		const { code, syscall } = error as NodeJS.ErrnoException
		if (syscall === undefined) throw error
		throw new CommandError(`${path} cannot be written: ${code}`, { cause: error })
	}
}
