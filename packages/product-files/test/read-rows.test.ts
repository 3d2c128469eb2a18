import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRows } from '../src/read-rows.ts'

let folder: string
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-rows-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The rows of a file with this content, and the error that ended the reading. */
async function read(name: string, content: string | Buffer) {
	const path = join(folder, name)
	writeFileSync(path, content)
	const rows = []
	try {
		for await (const row of readRows(path)) rows.push(row)
	} catch (error) {
		return { rows, error: (error as Error).message.replace(`${path}: `, '') }
	}
	return { rows }
}

describe('An .ndjson file', () => {
	test('has one row on each line, with the number of the line', async () => {
		expect(await read('rows.ndjson', '{"a":1}\n\n  \n{"b":"ü"}')).toEqual({
			rows: [
				{ rowNumber: 1, value: { a: 1 } },
				{ rowNumber: 4, value: { b: 'ü' } },
			],
		})
	})

	test('may start with a byte order mark and have line ends of Windows', async () => {
		expect(await read('windows.ndjson', '\uFEFF{"a":1}\r\n\r\n{"a":2}\r\n')).toEqual({
			rows: [
				{ rowNumber: 1, value: { a: 1 } },
				{ rowNumber: 3, value: { a: 2 } },
			],
		})
	})

	test('is read to its end after a line that is not JSON, too long, or not UTF-8', async () => {
		const lines = ['{"a":1', `"${'x'.repeat(1024 * 1024)}"`, '"gr\xfcn"', '{"a":2}']
		const { rows } = await read('broken.ndjson', Buffer.from(lines.join('\n'), 'latin1'))
		expect(rows).toEqual([
			{ rowNumber: 1, problem: expect.stringContaining('not JSON') },
			{ rowNumber: 2, problem: 'longer than 1048576 bytes' },
			{ rowNumber: 3, problem: 'not UTF-8' },
			{ rowNumber: 4, value: { a: 2 } },
		])
	})

	test('may be empty', async () => {
		expect(await read('empty.ndjson', '')).toEqual({ rows: [] })
	})
})

describe('A .json file', () => {
	test('has one row for each element of its array, with its position', async () => {
		const content = '\uFEFF [ {"a":[1,{"b":"]},\\"["}]} ,\r\n{"c":{}}]\n'
		expect(await read('rows.json', content)).toEqual({
			rows: [
				{ rowNumber: 1, value: { a: [1, { b: ']},"[' }] } },
				{ rowNumber: 2, value: { c: {} } },
			],
		})
	})

	test('may contain an empty array', async () => {
		expect(await read('empty.json', '[ ]')).toEqual({ rows: [] })
	})

	test('is read to its end after an element that is not JSON', async () => {
		const { rows } = await read('broken.json', '[{"a":},{"a":1}{"a":2},,{"a":3},]')
		expect(rows).toEqual([
			{ rowNumber: 1, problem: expect.stringContaining('not JSON') },
			{ rowNumber: 2, problem: expect.stringContaining('not JSON') },
			{ rowNumber: 3, problem: 'an element is missing beside a comma' },
			{ rowNumber: 4, value: { a: 3 } },
			{ rowNumber: 5, problem: 'an element is missing beside a comma' },
		])
	})

	test.each([
		['{"a":1}', 'the file is not a JSON array'],
		['', 'the JSON array is not complete'],
		['[{"a":1},{"a"', 'the JSON array is not complete'],
		['[{"a":1}] []', 'something follows the JSON array'],
	])('with the content %j is refused, because %s', async (content, error) => {
		expect(await read('not-an-array.json', content)).toMatchObject({ error })
	})
})

describe('A .csv file', () => {
	test('has rows below its header, and an empty cell has no value', async () => {
		const content = [
			'sku,title,price,currency,onHand,imageUrls,attributes.color,attributes.note',
			'A,Mug,9.99,USD,5,https://a.example https://b.example,grey,',
			'B,"Big ""mug"", red",9,USD,,,,',
		]
		expect(await read('rows.csv', `\uFEFF${content.join('\n')}`)).toEqual({
			rows: [
				{
					rowNumber: 2,
					value: {
						sku: 'A',
						title: 'Mug',
						price: '9.99',
						currency: 'USD',
						onHand: 5,
						imageUrls: ['https://a.example', 'https://b.example'],
						attributes: { color: 'grey' },
					},
				},
				{
					rowNumber: 3,
					value: { sku: 'B', title: 'Big "mug", red', price: '9', currency: 'USD', attributes: {} },
				},
			],
		})
	})

	test.each(['\n', '\r\n'])(
		'with the line end %j numbers its rows by lines, including empty lines and lines inside quotes',
		async (end) => {
			const lines = ['sku,title,price,currency', 'A,"two', 'lines",1,USD', '', 'B,b,1,USD', 'C,c', 'D,d,1,USD', '']
			const { rows } = await read('lines.csv', lines.join(end))
			expect(rows).toMatchObject([
				{ rowNumber: 2, value: { title: `two${end}lines` } },
				{ rowNumber: 5, value: { sku: 'B' } },
				{ rowNumber: 6, problem: 'the row has 2 cells for 4 columns' },
				{ rowNumber: 7, value: { sku: 'D' } },
			])
		},
	)

	test('is read to its end after a misplaced quote or a cell that is not UTF-8', async () => {
		const lines = ['sku,title,price,currency', 'A,5" pipe,1,USD', 'B,gr\xfcn,1,USD', 'C,c,1,USD', 'D,"d"" pipe",1,USD']
		const { rows } = await read('quotes.csv', Buffer.from(lines.join('\n'), 'latin1'))
		expect(rows).toMatchObject([
			{ rowNumber: 2, problem: 'a cell that does not begin with a quote contains one' },
			{ rowNumber: 3, problem: 'not UTF-8' },
			{ rowNumber: 4, value: { sku: 'C' } },
			{ rowNumber: 5, value: { title: 'd" pipe' } },
		])
	})

	test.each([
		['B,"b,1,USD\nC,c,1,USD\n', 'a quote is never closed'],
		['B,"b"b,1,USD\nC,c,1,USD\n', 'the closing quote of a cell must be followed by a comma or the end of the line'],
		[`B,"${'b\n'.repeat(600_000)}",1,USD\n`, 'longer than 1048576 bytes'],
	])('is read up to a quote that hides the end of its row', async (rest, reason) => {
		const { rows, error } = await read('open-quote.csv', `sku,title,price,currency\nA,a,1,USD\n${rest}`)
		expect(rows).toMatchObject([{ rowNumber: 2, value: { sku: 'A' } }])
		expect(error).toContain('line 3')
		expect(error).toContain(reason)
	})

	test.each([
		['', 'the file has no header'],
		[
			'sku,title,price,currency,color\n',
			'line 1: unknown column "color"; the columns are sku, title, price, currency, description, brand, category, onHand, imageUrls and attributes.NAME, with a comma between them',
		],
		['sku,title,price\n', 'line 1: the column currency is required'],
		['sku,title,price,currency,sku\n', 'line 1: the column sku must be there once'],
	])('with the header %j is refused, because %s', async (content, error) => {
		expect(await read('header.csv', content)).toEqual({ rows: [], error })
	})
})

test.each([
	['missing.csv', 'there is no such file'],
	['missing.xlsx', 'the name must end with .ndjson, .jsonl, .json, .csv'],
])('The file name %s is refused, because %s', async (name, reason) => {
	await expect(readRows(join(folder, name)).next()).rejects.toThrow(reason)
})
