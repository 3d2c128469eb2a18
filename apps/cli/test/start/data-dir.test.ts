import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareDataDir } from '../../src/start/data-dir.ts'

let folder: string
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-data-dir-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test.each([
	['a file', 'file'],
	['a folder in a file', 'file/data'],
])('mercat start says in one line that DATA_DIR is %s', async (_name, path) => {
	writeFileSync(join(folder, 'file'), '')
	const dataDir = join(folder, path)
	const { exitCode, stderr } = await runMercat(['start'], { DATA_DIR: dataDir })
	expect(exitCode).toBe(1)
	expect(stderr).toBe(`mercat: DATA_DIR must be a folder, but a file is in its place: ${dataDir}\n`)
})

test('mercat start says in one line that DATA_DIR cannot be made', async () => {
	const { exitCode, stderr } = await runMercat(['start'], { DATA_DIR: '/proc/mercat/data' })
	expect(exitCode).toBe(1)
	expect(stderr).toMatch(/^mercat: DATA_DIR must be a folder that can be made, which \S+ cannot: name another\n$/)
})

test('mercat start says how much space is missing, and what to do', () => {
	expect(() => prepareDataDir({ dataDir: folder }, 1e12)).toThrow(
		/^the disk of \S+ has only \d+ MB left, and the embedded databases need 1000000000000 MB: free some space, or set DATA_DIR/,
	)
})

test('mercat start makes a folder that is missing', () => {
	const dataDir = join(folder, 'new', 'data')
	prepareDataDir({ dataDir }, 0)
	expect(() => prepareDataDir({ dataDir }, 0)).not.toThrow()
})
