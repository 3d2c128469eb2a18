import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkReplaceable, replaceFile } from '../../src/output/replace-file.ts'

let folder: string
let path: string
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-replace-'))
	path = join(folder, 'report.csv')
	writeFileSync(path, 'old')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a file keeps its old content until the new one is whole', () => {
	using content = replaceFile(path, 'report')
	content.write('n')
	content.write('ew')
	expect(readFileSync(path, 'utf8')).toBe('old')
	content.end()
	expect(readFileSync(path, 'utf8')).toBe('new')
})

test('a content that is given up leaves the old one and nothing beside it', () => {
	{
		using content = replaceFile(path, 'report')
		content.write('half')
	}
	expect(readFileSync(path, 'utf8')).toBe('old')
	expect(readdirSync(folder)).toEqual(['report.csv'])
})

test('a file that cannot be written, or that the command reads, is found before the work', () => {
	mkdirSync(join(folder, 'reports'))
	symlinkSync(path, join(folder, 'same.csv'))
	const refused = (file: string, inputs?: string[]) => {
		try {
			checkReplaceable(file, 'report', inputs)
		} catch (error) {
			return error
		}
		return undefined
	}
	expect(refused(path, [join(folder, 'none.csv')])).toBeUndefined()
	expect(refused(join(folder, 'new.csv'))).toBeUndefined()
	expect(refused(join(folder, 'none', 'report.csv'))).toMatchObject({
		exitCode: 2,
		message: expect.stringContaining('its folder does not exist'),
	})
	expect(refused(join(folder, 'reports'))).toMatchObject({ message: expect.stringContaining('is a folder') })
	expect(refused(path, [join(folder, 'same.csv')])).toMatchObject({
		exitCode: 2,
		message: expect.stringContaining('which the command reads'),
	})
	expect(() => replaceFile(join(folder, 'none', 'report.csv'), 'report')).toThrow(
		/^the report .* cannot be written: ENOENT$/,
	)
})
