import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { replaceFile } from '../../src/output/replaced-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'mercat-replaced-'))
const path = join(folder, 'file.txt')
beforeEach(() => writeFileSync(path, 'earlier'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a file is replaced when its successor is whole, and stays when it is dropped', () => {
	const dropped = replaceFile(path)
	writeFileSync(dropped.path, 'half')
	dropped.drop()
	expect(readFileSync(path, 'utf8')).toBe('earlier')

	const finished = replaceFile(path)
	writeFileSync(finished.path, 'whole')
	expect(readFileSync(path, 'utf8')).toBe('earlier')
	finished.finish()
	expect(readFileSync(path, 'utf8')).toBe('whole')
	expect(readdirSync(folder)).toEqual(['file.txt'])
})

test('a link stays a link, and the file that it leads to is replaced', () => {
	const link = join(folder, 'link.txt')
	symlinkSync(path, link)
	const file = replaceFile(link)
	writeFileSync(file.path, 'whole')
	file.finish()
	expect(lstatSync(link).isSymbolicLink()).toBe(true)
	expect(readFileSync(path, 'utf8')).toBe('whole')
	rmSync(link)
})

test('a device is written itself', () => {
	expect(replaceFile('/dev/null').path).toBe('/dev/null')
})
