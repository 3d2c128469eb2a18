import { describe, expect, test } from 'vitest'
import { outcomes, readContent } from './read-content.ts'

/** The outcomes of the rows below the header `sku,title,price`. */
async function rowsOf(...lines: string[]) {
	const { records, error } = await readContent(['sku,title,price', ...lines].join('\n'))
	expect(error).toBeUndefined()
	return outcomes(records)
}

describe('A delimited text', () => {
	test.each([
		['a comma', 'sku,title\nA,Tea\n', ','],
		['a semicolon', 'sku;title\nA;Tea\n', ';'],
		['a tab', 'sku\ttitle\nA\tTea\n', '\t'],
		['a bar', 'sku|title\nA|Tea\n', '|'],
		['a semicolon, although names have commas', 'sku;"title, long";categories (x,y,z)\nA;Tea;\n', ';'],
		['what its first line tells Excel', 'sep=^\nsku^title\nA^Tea\n', '^'],
		['what its quoted first line tells Excel', '"sep=;"\r\nsku;title\r\nA;Tea\r\n', ';'],
	])('may have %s between its cells', async (_, content, delimiter) => {
		const { file, records } = await readContent(content)
		expect(file).toMatchObject({ kind: 'delimited', delimiter, lineName: 'line' })
		expect(records[0]).toMatchObject({ values: expect.any(Map) })
		expect([...(records[0] as { values: Map<string, unknown> }).values].slice(0, 2)).toEqual([
			['sku', 'A'],
			[file?.columns[1], 'Tea'],
		])
	})

	test('has the delimiter in a quoted cell, and decimal commas where the delimiter is a semicolon', async () => {
		expect(await rowsOf('A,"Tea, green",1')).toEqual([[2, 'A', 'Tea, green', '1']])
		const { records } = await readContent('sku;title;price\nSC-1;Teekanne;12,99\n')
		expect(outcomes(records)).toEqual([[2, 'SC-1', 'Teekanne', '12,99']])
	})

	test.each([
		['LF', '\n'],
		['CRLF', '\r\n'],
		['CR', '\r'],
	])('with lines that end with %s numbers its records by lines, those inside quotes included', async (_, end) => {
		const lines = ['sku,title', 'A,"two', 'lines"', '', 'B,b', `C,"c"`, '']
		const { records } = await readContent(lines.join(end))
		expect(outcomes(records)).toEqual([
			[2, 'A', `two${end}lines`],
			[5, 'B', 'b'],
			[6, 'C', 'c'],
		])
	})

	test('needs no line break at its end', async () => {
		expect(await rowsOf('A,a,1', 'B,"b","1"')).toEqual([
			[2, 'A', 'a', '1'],
			[3, 'B', 'b', '1'],
		])
	})

	test('may end with half of a line break, and may have whole ones although its first is a CR', async () => {
		expect(await rowsOf('A,a,"1"\r')).toEqual([[2, 'A', 'a', '1']])
		const { records } = await readContent('sku,title\rA,a\r\nB,b\r')
		expect(outcomes(records)).toEqual([
			[2, 'A', 'a'],
			[3, 'B', 'b'],
		])
	})

	test('has no record in a line of delimiters and spaces', async () => {
		expect(await rowsOf('A,Tea,1', ',,', '', '   ', ' , ,\t', 'B,Tea,1')).toEqual([
			[2, 'A', 'Tea', '1'],
			[7, 'B', 'Tea', '1'],
		])
	})

	test.each([
		['of the header and the rows', 'sku,title,,\nA,Tea,,\n'],
		['of the header only', 'sku,title,\nA,Tea\n'],
		['of the rows only', 'sku,title\nA,Tea,\n'],
	])('may have delimiters at the end %s, which make no column', async (_, content) => {
		const { file, records } = await readContent(content)
		expect(file?.columns).toEqual(['sku', 'title'])
		expect(outcomes(records)).toEqual([[2, 'A', 'Tea']])
	})

	test('refuses a row with cells that have no column, or columns that have no cell', async () => {
		const { records } = await readContent('sku,title,price\nA,a,1,more\nB,b\nC,c,1\n')
		expect(records.slice(0, 2)).toEqual([
			{ line: 2, problem: 'the row has 4 cells for 3 columns', rule: 'CELL_COUNT' },
			{ line: 3, problem: 'the row has 2 cells for 3 columns', rule: 'CELL_COUNT' },
		])
		expect(outcomes(records).at(-1)).toEqual([4, 'C', 'c', '1'])
	})

	test('has names without the spaces around them, and cells as they are', async () => {
		const { file, records } = await readContent(' sku , title\n A ,  Padded  title \n')
		expect(file?.columns).toEqual(['sku', 'title'])
		expect(outcomes(records)).toEqual([[2, ' A ', '  Padded  title ']])
	})

	test('may have blank lines above its header', async () => {
		const { records } = await readContent('\n,,\nsku,title\nA,Tea\n')
		expect(outcomes(records)).toEqual([[4, 'A', 'Tea']])
	})

	test.each([
		['sku,title,sku\nA,Tea,A\n', 'COLUMN_REPEATED', 'line 1: the column sku must be there once'],
		['"sku" no,title\n', 'HEADER_INVALID', 'line 1: the quoted cell that begins on line 1 goes on'],
		['"sku,title\nA,Tea\n', 'HEADER_INVALID', 'line 1: the quoted cell that begins on line 1 is never closed'],
		[',,\n', 'EMPTY_FILE', 'the file has no header'],
	])('%j is refused as %s', async (content, code, message) => {
		const { error } = await readContent(content)
		expect(error).toEqual({ code, message: expect.stringContaining(message) })
	})
})

describe('A quote', () => {
	test.each([
		['24" x 36" poster'],
		['a "quoted" word'],
		['<p class="a" id="b">x</p>'],
		['5" pot'],
		['half "'],
		[' "after a space"'],
	])('is a character like others in the cell %j', async (cell) => {
		expect(await rowsOf(`A,${cell},1`, 'B,fine,2')).toEqual([
			[2, 'A', cell, '1'],
			[3, 'B', 'fine', '2'],
		])
	})

	test('in a quoted cell is written twice', async () => {
		expect(await rowsOf('A,"24"" x 36"" ""poster""",1', 'B,"""",2', 'C,"",3')).toEqual([
			[2, 'A', '24" x 36" "poster"', '1'],
			[3, 'B', '"', '2'],
			[4, 'C', '', '3'],
		])
	})

	test.each([['"24" Monitor"'], ['"24\\" monitor"'], ['"a"b'], ['"a" ']])(
		'that closes the cell %s too early fails the record, and reading goes on at the next line',
		async (cell) => {
			const { records } = await readContent(`sku,title,price\nA,${cell},1\nB,"b",2\nC,c,3\n`)
			expect(records[0]).toEqual({
				line: 2,
				problem: 'the quoted cell that begins on line 2 goes on after its closing quote',
				rule: 'TEXT_AFTER_QUOTE',
			})
			expect(outcomes(records.slice(1))).toEqual([
				[3, 'B', 'b', '2'],
				[4, 'C', 'c', '3'],
			])
		},
	)

	test('that never closes fails the record, and reading goes on at the line after the one where it opened', async () => {
		const { records } = await readContent('sku,title,price\nA,"two\nlines","open\nB,b,2\n"",c,3\nD,d,4\n')
		expect(records[0]).toEqual({
			line: 2,
			problem: 'the quoted cell that begins on line 3 is never closed',
			isCutOff: true,
			rule: 'QUOTE_NOT_CLOSED',
		})
		expect(outcomes(records.slice(1))).toEqual([
			[4, 'B', 'b', '2'],
			[5, '', 'c', '3'],
			[6, 'D', 'd', '4'],
		])
	})

	test('that does not close within 1 MB fails the record, and no other one', async () => {
		const rows = Array.from({ length: 100_000 }, (_, at) => `SKU-${at},Tea,1`)
		const { records } = await readContent(['sku,title,price', 'A,"open,1', ...rows, 'Z,"z",1'].join('\n'))
		expect(records).toHaveLength(rows.length + 2)
		expect(records.filter((record) => 'problem' in record)).toMatchObject([{ line: 2, rule: 'QUOTE_NOT_CLOSED' }])
		expect(outcomes(records).at(-1)).toEqual([rows.length + 3, 'Z', 'z', '1'])
	})

	test('that closes a cell of another line may hide lines, but never an end', async () => {
		expect(await rowsOf('A,"open,1', 'B,"b",2', 'C,c,3')).toEqual([
			[2, { rule: 'TEXT_AFTER_QUOTE' }],
			[3, 'B', 'b', '2'],
			[4, 'C', 'c', '3'],
		])
	})
})

describe('A line of more than 1 MB', () => {
	const long = 'x'.repeat(1024 * 1024)

	test('fails its record, and reading goes on at the next line', async () => {
		const { records } = await readContent(`sku,title\nA,${long}\nB,b\nC,"c",${long}\nD,d\n`)
		expect(records[0]).toEqual({ line: 2, problem: 'longer than 1048576 characters', rule: 'TOO_LONG' })
		expect(outcomes(records.slice(1))).toEqual([
			[3, 'B', 'b'],
			[4, { rule: 'TOO_LONG' }],
			[5, 'D', 'd'],
		])
	})

	test('may be the last one', async () => {
		const { records } = await readContent(`sku,title\nA,${long}`)
		expect(outcomes(records)).toEqual([[2, { rule: 'TOO_LONG' }]])
	})
})
