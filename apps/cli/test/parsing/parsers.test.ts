import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { ProductUpsert__Output as ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ParsedBatch, RowProblem } from '../../src/parsing/parse-messages.ts'
import type { ParsedFile } from '../../src/parsing/parsed-file.ts'
import { openParsers } from '../../src/parsing/parsers.ts'

let folder: string
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-parsing-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const header = 'sku,title,price,currency\n'

function write(name: string, text: string): string {
	const path = join(folder, name)
	writeFileSync(path, text)
	return path
}

/** Reads the rows of each lane. */
async function readLanes({ lanes, release }: ParsedFile) {
	return await Promise.all(
		lanes.map(async (lane) => {
			const rows: ProductUpsert[] = []
			for (let next = await lane.next(); !next.done; next = await lane.next()) {
				const request = catalogRpcs.ImportProducts.requestDeserialize(Buffer.from(next.value.request))
				expect(request.upserts).toHaveLength(next.value.rows)
				rows.push(...request.upserts)
				release(next.value)
			}
			return rows
		}),
	)
}

test('all rows of one sku come in one lane, in the order of the file, and every row comes once', async () => {
	const skus = Array.from({ length: 20_000 }, (_, n) => `SKU-${n % 7_000}`)
	const path = write('many.csv', header + skus.map((sku, n) => `${sku},Title ${n},1.00,EUR`).join('\n'))
	await using parsers = openParsers()
	await using file = await parsers.parse(path, { mode: 'apply', lanes: 3 })
	const lanes = await readLanes(file)
	expect(lanes.map(({ length }) => length > 5_000)).toEqual([true, true, true])
	const lineOf = lanes.map((rows) => rows.map(({ rowNumber }) => rowNumber))
	expect(lineOf.flat().toSorted((a, b) => a - b)).toEqual(skus.map((_, n) => n + 2))
	for (const lines of lineOf) expect(lines).toEqual(lines.toSorted((a, b) => a - b))
	const skusOfLanes = lanes.map((rows) => new Set(rows.map(({ product }) => product?.sku)))
	expect(skusOfLanes.reduce((sum, { size }) => sum + size, 0)).toBe(7_000)
	expect(await file.summary).toMatchObject({ records: 20_000, refused: 0 })
})

test('a file that is only checked gives no request, and tells every refused row', async () => {
	const problems: RowProblem[] = []
	await using parsers = openParsers()
	const path = write('check.csv', `${header}A,a,1.00,EUR\nB,b,-1,EUR\nC,,1.00,EUR`)
	const onProblems = (more: RowProblem[]) => problems.push(...more)
	await using file = await parsers.parse(path, { mode: 'check', collectSkus: { mostRows: 10 } }, { onProblems })
	expect((await readLanes(file)).flat()).toEqual([])
	expect(await file.summary).toMatchObject({ records: 3, refused: 2 })
	expect(problems).toMatchObject([
		{ line: 3, sku: 'B', rule: 'PRICE_NEGATIVE' },
		{ line: 4, sku: 'C', rule: 'TITLE_REQUIRED' },
	])
})

test('a product whose row is refused is not missing', async () => {
	await using parsers = openParsers()
	await using file = await parsers.parse(write('skus.csv', `${header}A,a,1.00,EUR\nB,b,-1,EUR`), {
		mode: 'check',
		collectSkus: { mostRows: 10 },
	})
	await file.summary
	expect(await file.missingOf(['A', 'B', 'C'])).toEqual(['C'])
	expect(await file.missingOf(['A'])).toEqual([])
})

test('a file with more rows than a collection of skus may have is refused', async () => {
	await using parsers = openParsers()
	const path = write('rows.csv', `${header}A,a,1,EUR\nB,b,1,EUR\nA,a,1,EUR`)
	const read = async (mostRows: number) => {
		await using file = await parsers.parse(path, { mode: 'check', collectSkus: { mostRows } })
		return await file.summary
	}
	expect(await read(3)).toMatchObject({ records: 3 })
	await expect(read(2)).rejects.toMatchObject({ code: 'TOO_MANY_ROWS', message: 'the file has more than 2 rows' })
})

test('a row that is too large for a message is refused with the name of its largest field, and the others are sent', async () => {
	const row = { sku: 'A', title: 'a', price: '1', currency: 'EUR' }
	const path = write(
		'large.ndjson',
		[row, { ...row, sku: 'B', attributes: { care: 'x'.repeat(100_000) } }]
			.map((each) => JSON.stringify(each))
			.join('\n'),
	)
	const problems: RowProblem[] = []
	await using parsers = openParsers()
	await using file = await parsers.parse(path, { mode: 'apply' }, { onProblems: (more) => problems.push(...more) })
	expect((await readLanes(file)).flat()).toMatchObject([{ product: { sku: 'A' } }])
	expect(problems).toMatchObject([{ line: 2, sku: 'B', rule: 'ROW_TOO_LONG' }])
	expect(problems[0]?.problem).toBe('longer than 100000 bytes, most of them in attributes')
})

test('the rows before the end of a broken file come, and then its error', async () => {
	await using parsers = openParsers()
	const path = write('broken.json', '[{"sku":"A","title":"a","price":1,"currency":"EUR"},{"sku"')
	await using file = await parsers.parse(path, { mode: 'apply' })
	expect((await readLanes(file)).flat()).toHaveLength(1)
	await expect(file.summary).rejects.toMatchObject({ name: 'ProductFileError', code: 'NOT_COMPLETE' })
})

test('a file that cannot be opened is an error, and its thread takes the next file', async () => {
	await using parsers = openParsers()
	const missing = parsers.parse(join(folder, 'missing.csv'), { mode: 'check' })
	await expect(missing).rejects.toMatchObject({ name: 'ProductFileError', code: 'UNREADABLE' })
	await using file = await parsers.parse(write('next.csv', `${header}A,a,1.00,EUR`), { mode: 'check' })
	expect(await file.summary).toMatchObject({ records: 1 })
})

test('a thread that dies fails its file, and another one takes the next file', async () => {
	const workers: Worker[] = []
	const note = (worker: Worker) => workers.push(worker)
	process.on('worker', note)
	try {
		await using parsers = openParsers(1)
		const path = write('dies.csv', `${header}A,a,1,EUR`)
		const file = await parsers.parse(path, { mode: 'apply', lanes: 1 })
		await file.summary
		const next = parsers.parse(path, { mode: 'check' })
		await workers[0]?.terminate()
		await expect(file.missingOf(['A'])).rejects.toThrow('the thread of the parser has ended')
		await file[Symbol.asyncDispose]()
		await using second = await next
		expect(await second.summary).toMatchObject({ records: 1 })
		expect(workers).toHaveLength(2)
	} finally {
		process.off('worker', note)
	}
})

test('a thread that dies before its file is open fails it, and another one takes the next file', async () => {
	const path = join(folder, 'dies.ndjson')
	execFileSync('mkfifo', [path])
	const note = (worker: Worker) => worker.once('online', () => worker.terminate())
	process.once('worker', note)
	await using parsers = openParsers(1)
	const opening = parsers.parse(path, { mode: 'check' })
	const pipe = await open(path, 'r+')
	await expect(opening).rejects.toThrow('the thread of the parser has ended')
	await pipe.close()
	await using file = await parsers.parse(write('after.csv', `${header}A,a,1,EUR`), { mode: 'check' })
	expect(await file.summary).toMatchObject({ records: 1 })
})

test('a file waits for a thread until the file before it is disposed of', async () => {
	await using parsers = openParsers(1)
	const path = write('waiting.csv', `${header}A,a,1.00,EUR`)
	const first = await parsers.parse(path, { mode: 'check' })
	await first.summary
	let isOpen = false
	const second = parsers.parse(path, { mode: 'check' }).then((file) => {
		isOpen = true
		return file
	})
	await first.missingOf([])
	expect(isOpen).toBe(false)
	await first[Symbol.asyncDispose]()
	await (await second)[Symbol.asyncDispose]()
	expect(isOpen).toBe(true)
})

test('a pipe that gives no more is left when its reading is stopped, and the rows that were read come', async () => {
	const path = join(folder, 'pipe.ndjson')
	execFileSync('mkfifo', [path])
	const parsers = openParsers()
	const opening = parsers.parse(path, { mode: 'apply' })
	const pipe = await open(path, 'w')
	const row = { sku: 'A', title: 'a', price: 1, currency: 'EUR' }
	await pipe.write(`${JSON.stringify(row)}\n`.repeat(6_000))
	const file = await opening
	file.stop()
	const rows = (await readLanes(file)).flat()
	expect(await file.summary).toMatchObject({ records: rows.length })
	await parsers[Symbol.asyncDispose]()
	await pipe.close()
})

test('a pipe that has given nothing yet can be given up', async () => {
	const path = join(folder, 'silent.csv')
	execFileSync('mkfifo', [path])
	const parsers = openParsers()
	const given = new AbortController()
	const opening = parsers.parse(path, { mode: 'apply' }, { signal: given.signal })
	const pipe = await open(path, 'w')
	given.abort()
	await expect(opening).rejects.toThrow('the parser was closed')
	await parsers[Symbol.asyncDispose]()
	await pipe.close()
})

test('the parser reads on only while its requests are answered', async () => {
	const row = (n: number) => `SKU-${n},${'long title '.repeat(10)},1.00,EUR`
	const path = write('bounded.csv', header + Array.from({ length: 30_000 }, (_, n) => row(n)).join('\n'))
	await using parsers = openParsers()
	await using file = await parsers.parse(path, { mode: 'apply', lanes: 1 })
	const [lane] = file.lanes as [AsyncIterator<ParsedBatch, void>]
	const [first, second] = [await lane.next(), await lane.next()]
	let hasMore = false
	const third = lane.next().then((next) => {
		hasMore = true
		return next
	})
	// The thread answers questions between the blocks that it reads, so it would have read on meanwhile.
	for (let asked = 0; asked < 100; asked++) await file.missingOf([])
	expect(hasMore).toBe(false)
	const taken = [first, second].flatMap(({ value }) => (value ? [value] : []))
	for (const batch of taken) file.release(batch)
	const next = (await third).value as ParsedBatch
	file.release(next)
	const rows = [...taken, next].reduce((sum, batch) => sum + batch.rows, 0)
	expect(rows + (await readLanes(file)).flat().length).toBe(30_000)
})
