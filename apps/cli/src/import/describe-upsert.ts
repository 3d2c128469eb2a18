import { majorUnits } from '@mercat/catalog-api/currencies'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { oneLine } from '../command/one-line.ts'
import type { FileFacts } from '../parsing/parse-messages.ts'

const longestText = 100
const mostColumns = 5

/**
 * What a file was taken for.
 *
 * @param isMapped whether the user has named the columns, and no format
 */
export function describeFile(
	{ format, kind, encoding, delimiter }: FileFacts,
	{ isMapped = false }: { isMapped?: boolean } = {},
): string {
	const cells = delimiter === undefined ? '' : ` with ${JSON.stringify(delimiter)} between the cells`
	const name = isMapped ? 'a mapped file' : `a file of the format ${format}`
	return `${name}: ${kind === 'delimited' ? 'delimited text' : kind}${cells}, ${encoding}`
}

/** The columns that are not read: the first ones by name, and how many more there are. */
export function describeIgnored(columns: readonly string[]): string {
	const names = columns.slice(0, mostColumns).map(cut).join(', ')
	const more = columns.length - mostColumns
	return `columns that are ignored: ${names}${more > 0 ? ` and ${more} more` : ''}`
}

/**
 * The product of a row as it would be, one line for each field that has a value. Fields without one stand together: they are
 * nothing for a new product, and are cleared for one that exists.
 */
export function describeUpsert(upsert: ProductUpsert, lineName = 'line'): string[] {
	const { rowNumber, product, onHand, updateMask, sourceSku } = upsert
	const { title, description, brand, category, group, price, attributes = {}, imageUrls = [] } = product ?? {}
	const money = price?.currencyCode
		? `${majorUnits(Number(price.amountMinor), price.currencyCode)} ${price.currencyCode}`
		: undefined
	const fields: [string, string | undefined, string?][] = [
		['title', title],
		['description', description],
		['brand', brand],
		['category', category],
		['price', money],
		['onHand', onHand === undefined ? undefined : String(onHand)],
		['imageUrls', imageUrls.join(' '), 'image_urls'],
		['group', group],
		...Object.entries(attributes).map(([name, value]): [string, string] => [`attributes.${name}`, value]),
	]
	const paths = updateMask?.paths ?? []
	const lines = fields.flatMap(([name, value]) => (value ? [`  ${name}: ${cut(value)}`] : []))
	const isSet = (path: string) => fields.some(([name, value, own = name]) => own === path && value)
	const hasAttributes = Object.keys(attributes).length > 0
	const empty = paths.filter((path) => path !== 'sku' && !isSet(path) && !(path === 'attributes' && hasAttributes))
	const names = empty.map((path) => fields.find(([, , own]) => own === path)?.[0] ?? path)
	const from = sourceSku && sourceSku !== product?.sku ? `, from ${JSON.stringify(cut(sourceSku))}` : ''
	return [
		`${product?.sku}${from} (${lineName} ${rowNumber})`,
		...lines,
		...(names.length === 0 ? [] : [`  empty: ${names.map(cut).join(', ')}`]),
	]
}

function cut(text: string): string {
	const line = oneLine(text)
	return line.length > longestText ? `${line.slice(0, longestText)} …` : line
}
