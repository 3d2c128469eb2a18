import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openRunFolder } from '../../../src/feeds/fetching/run-folder.ts'

test('the folder of a run goes with it, and those of killed runs go at the next start', () => {
	const parent = mkdtempSync(join(tmpdir(), 'mercat-folders-'))
	try {
		const endedPid = spawnSync(process.execPath, ['--version']).pid
		const leave = (name: string) => {
			mkdirSync(join(parent, name))
			writeFileSync(join(parent, name, '1'), 'sku')
			return name
		}
		leave(`mercat-feeds-${hostname()}-${endedPid}-abcdef`)
		const kept = [
			leave(`mercat-feeds-${hostname()}-${process.ppid}-abcdef`),
			leave(`mercat-feeds-another-machine-${endedPid}-abcdef`),
			leave('another-folder'),
		]
		const folder = openRunFolder(parent)
		expect(existsSync(folder.path)).toBe(true)
		folder[Symbol.dispose]()
		expect(readdirSync(parent).toSorted()).toEqual(kept.toSorted())
	} finally {
		rmSync(parent, { recursive: true })
	}
})

test('the folders of many runs at a time have one listener for the end of the process, and leave none', () => {
	const parent = mkdtempSync(join(tmpdir(), 'mercat-folders-'))
	const before = process.listenerCount('exit')
	try {
		const folders = Array.from({ length: 20 }, () => openRunFolder(parent))
		expect(process.listenerCount('exit')).toBe(before + 1)
		for (const folder of folders) folder[Symbol.dispose]()
		expect(process.listenerCount('exit')).toBe(before)
	} finally {
		rmSync(parent, { recursive: true })
	}
})
