import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkFeed } from '../../src/feeds/running/check-feed.ts'
import { openParsers } from '../../src/parsing/parsers.ts'
import { testFeed } from './test-feed.ts'

let folder: string
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-check-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a check that is stopped ends, although its feed has more rows to come', async () => {
	const path = join(folder, 'feed.csv')
	execFileSync('mkfifo', [path])
	await using parsers = openParsers()
	const stop = new AbortController()
	const needs = { parsers, async *sourceSkus() {} }
	const check = checkFeed(testFeed('file:///feed.csv'), path, needs, stop.signal)
	const pipe = await open(path, 'r+')
	await pipe.write('sku,title,price,currency\nA,a,1,EUR\n')
	stop.abort()
	await expect(check).rejects.toThrow('the parser was closed')
	await pipe.close()
})
