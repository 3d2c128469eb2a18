import { knownCurrencies } from '@mercat/catalog-api/currencies'
import { writtenFormats } from '@mercat/product-files/write-products'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { catalogOption } from '../command/service-options.ts'
import type { ExportOptions } from './export-command.ts'

type Given = Omit<ExportOptions, 'format'> & Partial<Pick<ExportOptions, 'format'>>

/** Adds `mercat export` and its command. */
export function addExport(program: Command, env: NodeJS.ProcessEnv): void {
	program
		.command('export')
		.description('write what the services have into a file')
		.command('products')
		.description('write all products that are for sale, by sku, in a format that `mercat import` reads')
		.addOption(
			new Option('--format <format>', 'whose format; required, unless --out ends in .ndjson or .jsonl').choices(
				writtenFormats,
			),
		)
		.option('--out <file>', 'the file to write (default: stdout); mercat writes NDJSON into .ndjson and .jsonl')
		.option('--currency <code>', 'only products with prices in this currency', toCurrency)
		.option('--link <url>', 'google: the address of a product’s page, such as https://shop.example/p/{sku}', toLink)
		.addOption(catalogOption(env))
		.addHelpText('after', help)
		.action(async (given: Given, self: Command) => {
			const format = given.format ?? (isNdjson(given.out) ? 'mercat' : undefined)
			if (format === undefined) self.error("error: option '--format <format>' is required")
			const options = { ...given, format }
			if (options.link !== undefined && options.format !== 'google') self.error('error: --link is for --format google')
			const { runExport } = await import('./export-command.ts')
			await runExport(options, env)
		})
}

const help = `
Formats:
  mercat   all that \`mercat import\` reads: CSV, or NDJSON by the name of the file
  google   Google Merchant, text with tabs
  shopify  the CSV that Shopify imports; all prices must be in one currency
docs/product-files.md tells what each of them leaves out.

The command uses the token in MERCAT_TOKEN. If MERCAT_TOKEN is not set, it signs a token as \`mercat token\` does.`

/** Whether the name of a file is one of NDJSON, which only our own format has. */
function isNdjson(path = ''): boolean {
	return /\.(?:ndjson|jsonl)$/i.test(path)
}

function toCurrency(text: string): string {
	const code = text.toUpperCase()
	if (!knownCurrencies().includes(code)) throw new InvalidArgumentError('It must be a code of ISO 4217, such as EUR.')
	return code
}

function toLink(text: string): string {
	if (!/^https?:\/\//i.test(text) || !URL.canParse(text) || !text.includes('{sku}')) {
		throw new InvalidArgumentError('It must be an http or https URL with {sku} in it.')
	}
	return text
}
