import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { delimitedRecords } from '../../src/reading/delimited/delimited-records.ts'
import { detectDialect } from '../../src/reading/delimited/detect-dialect.ts'
import { jsonArrayRecords } from '../../src/reading/json/json-array-records.ts'
import { ndjsonRecords } from '../../src/reading/json/ndjson-records.ts'
import { createXmlFinder } from '../../src/reading/xml/find-xml-records.ts'
import { xmlRecords } from '../../src/reading/xml/xml-records.ts'
import type { FileRecord } from '../../src/records/file-record.ts'
import type { RecordSplitter } from '../../src/records/record-splitter.ts'
import { readContent } from './read-content.ts'

/** The parts between these places. */
function cut<T extends string | Uint8Array>(whole: T, places: number[]): T[] {
	const ends = [...places.map((place) => place % (whole.length + 1)), whole.length].toSorted((a, b) => a - b)
	return ends.map((end, at) => whole.slice(at === 0 ? 0 : ends[at - 1], end) as T)
}

const places = fc.array(fc.nat(), { maxLength: 8 })

// Pieces of every syntax, so that random texts come near to what readers look at.
const pieces = [
	'"',
	'""',
	',',
	';',
	'\t',
	'|',
	'\n',
	'\r',
	'\r\n',
	' ',
	'a',
	'sku',
	'\uFFFD',
	'\uFEFF',
	'é',
	'😀',
	'\0',
]
const jsonPieces = ['{', '}', '[', ']', '{"a":1}', '"a":', '\\', '[{', '}]', 'null', '1']
const xmlPieces = [
	'<',
	'>',
	'</',
	'/>',
	'<a>',
	'</a>',
	'<b x="1">',
	'</b>',
	'&amp;',
	'&',
	'&n',
	'bsp;',
	'&#6',
	'5;',
	'&foo;',
	'<![CDATA[',
	']]>',
	'<!--',
	'-->',
	'<?xml ?>',
]

function textOf(...lists: string[][]): fc.Arbitrary<string> {
	return fc.array(fc.constantFrom(...lists.flat()), { maxLength: 60 }).map((parts) => parts.join(''))
}

const anyText = textOf(pieces, jsonPieces, xmlPieces)
const anyBytes = fc.oneof(
	fc.uint8Array({ maxLength: 200 }),
	anyText.map((text) => Buffer.from(text)),
	anyText.map((text) => Buffer.from(text, 'utf16le')),
	anyText.map((text) => Buffer.from(text, 'latin1')),
)

describe('Any bytes', () => {
	test('give the same outcomes however they are cut into chunks, and end', async () => {
		await fc.assert(
			fc.asyncProperty(anyBytes, places, async (bytes, at) => {
				const whole = await readContent([Buffer.from(bytes)])
				expect(await readContent(cut(Buffer.from(bytes), at))).toEqual(whole)
			}),
			{ numRuns: 2_000 },
		)
	})

	test('give the same outcomes in every encoding that a user may name', async () => {
		const encodings = fc.constantFrom('windows-1252', 'utf-16be', 'shift_jis', 'gb18030', 'iso-8859-15')
		await fc.assert(
			fc.asyncProperty(anyBytes, places, encodings, async (bytes, at, encoding) => {
				const whole = await readContent([Buffer.from(bytes)], { encoding })
				expect(await readContent(cut(Buffer.from(bytes), at), { encoding })).toEqual(whole)
			}),
		)
	})
})

describe('The blocks of a text', () => {
	/** What a reader gives for the blocks, its error included. */
	function split(splitter: RecordSplitter, blocks: string[]): unknown[] {
		const records: FileRecord[] = []
		try {
			for (const block of blocks) splitter.add(block, records)
			splitter.end(records)
			return records
		} catch (error) {
			// The parser of XML names the line to which it has read ahead, so the message is not compared.
			return [...records, (error as { code: string }).code]
		}
	}

	// A short limit, so that small texts come to it.
	const longest = 12
	const readers: Record<string, [(text: string) => RecordSplitter, fc.Arbitrary<string>]> = {
		'delimited text': [
			(text) => delimitedRecords(detectDialect(text), 'utf-8', longest),
			textOf(pieces, ['sku,title\n', '",', ',"', '"\n']),
		],
		NDJSON: [() => ndjsonRecords('\n', longest), textOf(pieces, jsonPieces)],
		'a JSON array': [
			() => jsonArrayRecords(longest),
			textOf(pieces, jsonPieces).chain((text) =>
				fc.constantFrom(text, `[${text}]`, `{"a":[{${text}}]}`, `{"b":"${text}","a":[{}]}`),
			),
		],
		XML: [
			(text) => {
				const finder = createXmlFinder()
				finder.add(text)
				return xmlRecords(finder.toPlace(), longest)
			},
			textOf(pieces, xmlPieces).map((text) => `<a>${text}</a>`),
		],
	}

	test.each(Object.entries(readers))('of %s do not change its outcomes', (_, [open, text]) => {
		fc.assert(
			fc.property(text, places, (whole, at) => {
				const given = split(open(whole), [whole])
				expect(split(open(whole), cut(whole, at))).toEqual(given)
				expect(split(open(whole), whole.split(''))).toEqual(given)
			}),
			{ numRuns: 3_000 },
		)
	})
})
