import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRecords } from '../../src/reading/open-records.ts'
import { readBytes } from '../../src/reading/read-bytes.ts'
import { readContent } from './read-content.ts'

describe('A file that is no list of records', () => {
	test.each([
		['an HTML page', '<!DOCTYPE html>\n<html><body>Sign in</body></html>', 'HTML_PAGE'],
		['an HTML page below a comment', '\n<!-- cached -->\n<HTML lang="en">', 'HTML_PAGE'],
		['XHTML', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html/>', 'HTML_PAGE'],
		['nothing', '', 'EMPTY_FILE'],
		['blank lines', '\n \n', 'EMPTY_FILE'],
	])('is refused: %s', async (_, content, code) => {
		expect(await readContent(content)).toMatchObject({ records: [], error: { code } })
	})

	test.each([
		['a workbook', Buffer.from('PK\x03\x04xl/workbook.xml', 'latin1'), 'Excel workbook: save the table as CSV'],
		['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Excel workbook: save the table as CSV'],
		['UTF-32', Buffer.from('fffe000073000000', 'hex'), 'in UTF-32: save it as UTF-8'],
		['UTF-32 of the other order', Buffer.from('0000feff00000073', 'hex'), 'in UTF-32: save it as UTF-8'],
		['gzip', gzipSync('sku,title\n'), 'compressed by gzip: decompress it'],
	])('is refused with an advice: %s', async (_, bytes, message) => {
		expect(await readContent([bytes])).toMatchObject({
			error: { code: 'NOT_TEXT', message: expect.stringContaining(message) },
		})
	})
})

describe('A source of bytes', () => {
	async function* watched(content: string, closed: string[]) {
		try {
			for (;;) yield Buffer.from(content)
		} finally {
			closed.push('closed')
		}
	}

	test.each([
		['the file is refused', '<html>'],
		['the header is refused', 'sku,sku\n'],
	])('is closed when %s', async (_, content) => {
		const closed: string[] = []
		await expect(openRecords(watched(content, closed))).rejects.toThrow()
		expect(closed).toEqual(['closed'])
	})

	test('is closed when the records are left, or were never begun', async () => {
		const closed: string[] = []
		const { records } = await openRecords(watched('sku,title\nA,Tea\n', closed))
		for await (const _ of records) break
		expect(closed).toHaveLength(1)
		await (await openRecords(watched('sku,title\nA,Tea\n', closed))).close()
		expect(closed).toHaveLength(2)
	})
})

describe('A path', () => {
	let folder: string
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'mercat-bytes-'))
	})
	afterAll(() => rmSync(folder, { recursive: true }))

	test.each([
		['of no file', 'missing.csv', 'there is no such file'],
		['of a folder', '.', 'this is a folder'],
	])('%s cannot be read', async (_, name, message) => {
		const opened = openRecords(readBytes(join(folder, name)))
		await expect(opened).rejects.toMatchObject({ code: 'UNREADABLE', message })
	})
})
