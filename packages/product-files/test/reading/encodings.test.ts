import { describe, expect, test } from 'vitest'
import { outcomes, readContent } from './read-content.ts'

const table = 'sku,title\r\nA,Théière\r\n'
const mark = '\uFEFF'

function utf16be(text: string): Buffer {
	return Buffer.from(text, 'utf16le').swap16()
}

describe('The encoding of a file', () => {
	test.each([
		['UTF-8', Buffer.from(table), 'utf-8'],
		['UTF-8 with a byte order mark', Buffer.from(mark + table), 'utf-8'],
		['UTF-16 with a byte order mark', Buffer.from(mark + table, 'utf16le'), 'utf-16le'],
		['UTF-16 without a mark', Buffer.from(table, 'utf16le'), 'utf-16le'],
		['UTF-16 of the other byte order', utf16be(mark + table), 'utf-16be'],
		['UTF-16 of the other byte order without a mark', utf16be(table), 'utf-16be'],
	])('is found: %s', async (_, bytes, encoding) => {
		const { file, records } = await readContent([bytes])
		expect(file).toMatchObject({ encoding, columns: ['sku', 'title'] })
		expect(outcomes(records)).toEqual([[2, 'A', 'Théière']])
	})

	test('is found for tabs and for JSON as well', async () => {
		const tabs = await readContent([Buffer.from(`${mark}sku\ttitle\r\nA\tThéière\r\n`, 'utf16le')])
		expect(tabs.file).toMatchObject({ delimiter: '\t', encoding: 'utf-16le' })
		const json = await readContent([Buffer.from(`${mark}{"sku":"A"}\n`, 'utf16le')])
		expect(json.file).toMatchObject({ kind: 'ndjson', columns: ['sku'] })
		expect(outcomes(json.records)).toEqual([[1, 'A']])
	})

	test('is the one that the user names', async () => {
		const bytes = Buffer.from('sku,Größe\nA,5 \x80\n', 'latin1')
		const { file, records } = await readContent([bytes], { encoding: 'windows-1252' })
		expect(file).toMatchObject({ encoding: 'windows-1252', columns: ['sku', 'Größe'] })
		expect(outcomes(records)).toEqual([[2, 'A', '5 €']])
	})

	test('is the one of the byte order mark, whatever the user names', async () => {
		const { records } = await readContent([Buffer.from(mark + table)], { encoding: 'windows-1252' })
		expect(outcomes(records)).toEqual([[2, 'A', 'Théière']])
	})

	test.each(['ISO-8859-1', 'windows-1252'])('is the one that XML declares: %s', async (name) => {
		const xml = `<?xml version="1.0" encoding="${name}"?><a><b><c>Größe</c></b><b><c>x</c></b></a>`
		const { file, records } = await readContent([Buffer.from(xml, 'latin1')])
		expect(file?.encoding).toBe('windows-1252')
		expect(outcomes(records)).toEqual([
			[1, 'Größe'],
			[2, 'x'],
		])
	})

	test('is not UTF-16 because XML in UTF-8 declares it', async () => {
		const { records } = await readContent('<?xml version="1.0" encoding="UTF-16"?><a><b><c>Größe</c></b></a>')
		expect(outcomes(records)).toEqual([[1, 'Größe']])
	})

	test('must be known', async () => {
		const { error } = await readContent(table, { encoding: 'latin-99' })
		expect(error).toEqual({
			code: 'UNKNOWN_ENCODING',
			message: '--encoding must be the name of an encoding, such as utf-8, utf-16le or windows-1252, not "latin-99"',
		})
	})
})

describe('Bytes that are not UTF-8', () => {
	test('fail their record of a delimited text', async () => {
		const { records } = await readContent([Buffer.from('sku,title\nA,gr\xfcn\nB,b\nC,"gr\xfcn"\nD,d', 'latin1')])
		expect(records[0]).toEqual({ line: 2, problem: expect.stringContaining('not UTF-8'), rule: 'NOT_UTF8' })
		expect(outcomes(records)).toEqual([
			[2, { rule: 'NOT_UTF8' }],
			[3, 'B', 'b'],
			[4, { rule: 'NOT_UTF8' }],
			[5, 'D', 'd'],
		])
	})

	test.each([
		['NDJSON', '{"a":"b"}\n{"a":"gr\xfcn"}\n{"a":"c"}\n'],
		['a JSON array', '[{"a":"b"},{"a":"gr\xfcn"},{"a":"c"}]'],
		['XML', '<x><y><a>b</a></y><y><a>gr\xfcn</a></y><y><a>c</a></y></x>'],
	])('fail their record of %s', async (_, content) => {
		const { records } = await readContent([Buffer.from(content, 'latin1')])
		expect(outcomes(records)).toEqual([
			[1, 'b'],
			[2, { rule: 'NOT_UTF8' }],
			[3, 'c'],
		])
	})

	test('may be half a character at the end', async () => {
		const { records } = await readContent([Buffer.from('sku,title\nA,gr\xc3', 'latin1')])
		expect(outcomes(records)).toEqual([[2, { rule: 'NOT_UTF8' }]])
	})

	test('are told from a replacement character that the file has', async () => {
		const bytes = Buffer.concat([
			Buffer.from('sku,title\nA,gr\uFFFDn\nB,\uFFFD'),
			Buffer.from([0xe2, 0x82, 0x0a, 0x43, 0x2c]),
		])
		const all = Buffer.concat([bytes, Buffer.from('\uFFFD')])
		for (const size of [1, 2, 3, 5, all.length]) {
			const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
				all.subarray(at * size, (at + 1) * size),
			)
			expect(outcomes((await readContent(chunks)).records)).toEqual([
				[2, 'A', 'gr\uFFFDn'],
				[3, { rule: 'NOT_UTF8' }],
				[4, 'C', '\uFFFD'],
			])
		}
	})

	test.each([
		['NDJSON', '{"a":"gr\uFFFDn"}\n'],
		['a JSON array', '[{"a":"gr\uFFFDn"}]'],
		['XML', '<x><y><a>gr\uFFFDn</a></y></x>'],
	])('are not in %s that has the replacement character', async (_, content) => {
		for (const bytes of [Buffer.from(content), Buffer.from(mark + content, 'utf16le'), utf16be(mark + content)]) {
			expect(outcomes((await readContent([bytes.subarray(0, 9), bytes.subarray(9)])).records)).toEqual([
				[1, 'gr\uFFFDn'],
			])
		}
	})

	test('are half a pair of UTF-16', async () => {
		const bytes = Buffer.from(`${mark}sku,title\nA,\uFFFD\nB,\uD83D\uFFFD\nC,c\n`, 'utf16le')
		const chunks = [...bytes].map((byte) => Uint8Array.of(byte))
		expect(outcomes((await readContent(chunks)).records)).toEqual([
			[2, 'A', '\uFFFD'],
			[3, { rule: 'NOT_UTF8' }],
			[4, 'C', 'c'],
		])
	})

	test('in a header refuse the file, and the message names --encoding', async () => {
		const { error, records } = await readContent([Buffer.from('sku,Gr\xf6\xdfe\nA,XL\n', 'latin1')])
		expect(records).toEqual([])
		expect(error).toEqual({ code: 'NOT_UTF8', message: expect.stringMatching(/^line 1: .*--encoding .*windows-1252/) })
	})
})
