import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let folder: string
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-rows-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('A file of 60 MB', () => {
	const row = { sku: 'MUG-1', title: 'Mug', price: '12.90', currency: 'EUR', description: 'x'.repeat(400) }
	const formats = {
		'large.ndjson': { begin: '', row: JSON.stringify(row), between: '\n', end: '\n' },
		'large.json': { begin: '[', row: JSON.stringify(row), between: ',', end: ']' },
		'large.xml': { begin: '<products>', row: xmlOf(row), between: '\n', end: '</products>' },
		'large.csv': {
			begin: 'sku,title,price,currency,description\n',
			row: Object.values(row).join(','),
			between: '\n',
			end: '\n',
		},
	}

	test.each(Object.entries(formats))('with the name %s is read in less than 200 MB of memory', (name, format) => {
		const path = join(folder, name)
		const rows = writeLargeFile(path, format)
		const module = new URL('../src/recognition/open-product-file.ts', import.meta.url).href
		const script = `
			const { createReadStream, existsSync, readFileSync } = await import('node:fs')
			const { openProductFile } = await import(${JSON.stringify(module)})
			let rows = 0
			const file = await openProductFile(createReadStream(${JSON.stringify(path)}))
			for await (const row of file.rows) if ('upsert' in row) rows++
			// Linux counts in maxRSS what the process had before it began this program. VmHWM (proc_pid_status) begins anew.
			const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
			const most = Number(/^VmHWM:\\s+(\\d+)/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
			console.log(JSON.stringify({ rows, memoryMb: most / 1024 }))
		`
		// The thread of `mercat import` has such a bound for new objects, too. Without one, a busy machine collects them late.
		const bounds = ['--max-old-space-size=48', '--max-semi-space-size=8']
		const output = execFileSync(process.execPath, [...bounds, '--input-type=module', '-e', script])
		const result = JSON.parse(String(output))
		expect(result.rows).toBe(rows)
		expect(result.memoryMb).toBeLessThan(200)
	})
})

function xmlOf(row: Record<string, string>): string {
	const elements = Object.entries(row).map(([name, text]) => `<${name}>${text}</${name}>`)
	return `<product>${elements.join('')}</product>`
}

function writeLargeFile(path: string, { begin, row, between, end }: { [part: string]: string }): number {
	const file = openSync(path, 'w')
	const block = Array.from({ length: 1_000 }, () => row).join(between)
	let rows = 0
	writeSync(file, begin ?? '')
	while (statSync(path).size < 60_000_000) {
		writeSync(file, rows === 0 ? block : `${between}${block}`)
		rows += 1_000
	}
	writeSync(file, end ?? '')
	closeSync(file)
	return rows
}
