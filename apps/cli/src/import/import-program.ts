import { optionalFields, requiredFields } from '@mercat/product-files/product-fields'
import { type Command, Option } from 'commander'
import { toSource } from '../command/option-values.ts'
import { catalogOption } from '../command/service-options.ts'
import {
	faultOfOptions,
	type ImportOptions,
	importFormats,
	toColumn,
	toColumnMap,
	toCurrency,
	toEncoding,
	toReportPath,
} from './import-options.ts'

/** Adds `mercat import`. */
export function addImport(program: Command, env: NodeJS.ProcessEnv): void {
	program
		.command('import')
		.description(
			'create or update the products of a file: delimited text, JSON, NDJSON or XML, of this or another shop',
		)
		.argument('<file>', 'the file to import')
		.addOption(catalogOption(env))
		.option('--if-empty', 'import nothing if the catalog has products already')
		.addOption(
			new Option('--format <format>', 'whose file it is, if its columns do not tell it').choices(importFormats),
		)
		.option('--map <field=column,…>', 'which column has a field; can be repeated', toColumnMap)
		.option(
			'--encoding <encoding>',
			'the encoding of the text, such as windows-1252 (default: UTF-8 or UTF-16)',
			toEncoding,
		)
		.option('--currency <code>', 'the currency of prices that have none', toCurrency)
		.option('--sku-from <column>', 'the column that has the sku', toColumn)
		.option('--dry-run', 'show the first ten products as they would be, and every problem, and change nothing')
		.option('--report <file>', 'write the rows that failed or are held to a .csv or .json file', toReportPath)
		.option('--source <name>', 'import as this source, which changes only what it owns', toSource)
		.addHelpText('after', `${importHelp}\n\n${tokenHelp}`)
		.action(async (file: string, options: ImportOptions, self: Command) => {
			const fault = faultOfOptions(options)
			if (fault !== undefined) self.error(`error: ${fault}`)
			const { runImport } = await import('./import-command.ts')
			process.exitCode = await runImport(file, options, env)
		})
}

const importHelp = `
Formats:
  mercat       columns of delimited text, or members of JSON objects:
                 for a new product  ${requiredFields.join(', ')}
                 optional           ${optionalFields.join(', ')}, attributes
               An attribute has a column of its own, such as attributes.color.
  shopify      the export of products, in which each variant becomes a product
  woocommerce  the export of products, with variable products and variations
  google       Google Merchant: delimited text, or RSS or Atom with g: names
Any other file goes in by --map, such as --map sku=Artikel,title=Name,price=Preis --currency EUR.
A field without a column stays as it is, and an empty cell clears it. The price is a decimal such as 9.99.
docs/product-files.md describes the formats, and the columns of Magento, PrestaShop and others.`

const tokenHelp =
	'The command uses the token in MERCAT_TOKEN. If MERCAT_TOKEN is not set, it signs a token as `mercat token` does.'
