import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder } from '../src/make-folder.ts'

let folder: string
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-make-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a folder is made with its parents, and one that is there is left as it is', () => {
	const path = join(folder, 'a', 'b')
	makeFolder(path)
	expect(existsSync(path)).toBe(true)
	expect(() => makeFolder(path)).not.toThrow()
})

test('a folder cannot be made where a file is', () => {
	writeFileSync(join(folder, 'file'), '')
	expect(() => makeFolder(join(folder, 'file'))).toThrow('EEXIST')
	expect(() => makeFolder(join(folder, 'file', 'a'))).toThrow('EEXIST')
})

test.runIf(existsSync('/proc/self'))('a folder that the system refuses ends with an error', () => {
	expect(() => makeFolder('/proc/mercat/a')).toThrow('ENOENT')
})
