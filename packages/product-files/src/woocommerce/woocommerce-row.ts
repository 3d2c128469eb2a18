import { cellText } from '../formats/cell-text.ts'
import type { FileRecord } from '../records/file-record.ts'
import { attributeColumn, type WooColumn, wooColumn } from './woocommerce-columns.ts'

/** One row of WooCommerce's export. */
export type WooRow = {
	line: number
	/** The trimmed text of each known column of the file. */
	cells: ReadonlyMap<WooColumn, string>
	/** The values by name. A variation that comes in every value of an attribute has an empty one. */
	attributes: ReadonlyMap<string, string>
	/** The row as it is in the file. */
	raw: ReadonlyMap<string, unknown>
}

type Meaning = { cell: WooColumn } | { number: number; part: 'name' | 'value' } | undefined

/** Reads rows of one file: the meaning of its columns is looked up once. */
export function createWooReader(): (record: FileRecord & { values: Map<string, unknown> }) => WooRow {
	const meanings = new Map<string, Meaning>()
	return ({ line, values }) => {
		const cells = new Map<WooColumn, string>()
		const numbered = new Map<number, { name?: string; value?: string }>()
		for (const [header, value] of values) {
			if (!meanings.has(header)) meanings.set(header, meaningOf(header))
			const meaning = meanings.get(header)
			if (meaning === undefined) continue
			const text = cellText(value)
			if ('cell' in meaning) cells.set(meaning.cell, text)
			else numbered.set(meaning.number, { ...numbered.get(meaning.number), [meaning.part]: text })
		}
		const attributes = new Map<string, string>()
		for (const { name = '', value = '' } of numbered.values()) if (name !== '') attributes.set(name, value)
		return { line, cells, attributes, raw: values }
	}
}

function meaningOf(header: string): Meaning {
	const cell = wooColumn(header)
	return cell === undefined ? attributeColumn(header) : { cell }
}
