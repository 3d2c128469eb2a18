import { majorUnits } from '@mercat/catalog-api/currencies'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { oneLine } from '../command/one-line.ts'
import type { FileFacts } from '../parsing/parse-messages.ts'

const longestText = 100

/** What a file was taken for. */
export function describeFile({ format, kind, encoding, delimiter }: FileFacts): string {
	const cells = delimiter === undefined ? '' : ` with ${JSON.stringify(delimiter)} between the cells`
	return `a file of the format ${format}: ${kind === 'delimited' ? 'delimited text' : kind}${cells}, ${encoding}`
}

/** The product of a row as it would be, one line for each field that the row has. */
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
	const cleared = paths.filter(
		(path) => path.startsWith('attributes.') && !Object.hasOwn(attributes, path.slice('attributes.'.length)),
	)
	const lines = fields.flatMap(([name, value, path = name]) => {
		if (value) return [`  ${name}: ${cut(value)}`]
		return paths.includes(path) ? [`  ${name} is cleared`] : []
	})
	const from = sourceSku && sourceSku !== product?.sku ? `, from ${JSON.stringify(cut(sourceSku))}` : ''
	return [
		`${product?.sku}${from} (${lineName} ${rowNumber})`,
		...lines,
		...cleared.map((path) => `  ${path} is removed`),
	]
}

function cut(text: string): string {
	const line = oneLine(text)
	return line.length > longestText ? `${line.slice(0, longestText)} …` : line
}
