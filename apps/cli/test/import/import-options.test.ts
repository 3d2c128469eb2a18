import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toColumnMap } from '../../src/import/import-options.ts'
import { jwtSecret, startTestCatalog, type TestCatalog } from '../start-catalog.ts'

let folder: string
let catalog: TestCatalog
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-options-'))
	catalog = await startTestCatalog()
})
afterAll(async () => {
	await catalog[Symbol.asyncDispose]()
	rmSync(folder, { recursive: true })
})

function write(name: string, lines: string[]): string {
	const path = join(folder, name)
	writeFileSync(path, lines.join('\n'))
	return path
}

function importFile(path: string, ...options: string[]) {
	const args = ['import', path, '--catalog', `127.0.0.1:${catalog.port}`, ...options]
	return runMercat(args, { JWT_SECRET: jwtSecret })
}

async function findProduct(sku: string) {
	const request = { sku }
	const found = callUnary(catalog.clients.catalog, catalogRpcs.GetProduct, request, { timeoutMs: 60_000 })
	return (await found.catch(() => undefined))?.product
}

test('the columns of any shop go in by --map, in their own encoding and currency', async () => {
	const path = join(folder, 'shop.csv')
	writeFileSync(path, Buffer.from('Artikel;Name;Gr\xf6\xdfe;Preis;Lager\nA 1;Becher;gro\xdf;9,90;7\n', 'latin1'))
	const options = [
		'--map',
		'title=Name,price=Preis',
		'--map',
		'attributes.size=Gr\u00f6\u00dfe',
		'--sku-from',
		'Artikel',
	]
	const run = await importFile(path, ...options, '--currency', 'eur', '--encoding', 'windows-1252')
	expect(run).toEqual({
		exitCode: 0,
		stdout: '1 row: 1 created, 0 updated, 0 unchanged, 0 failed\n',
		stderr: 'columns that are ignored: Lager\n',
	})
	expect(await findProduct('A-1')).toMatchObject({
		title: 'Becher',
		price: { currencyCode: 'EUR', amountMinor: 990 },
		attributes: { size: 'gro\u00df', sourceSku: 'A 1' },
	})
})

test('of many ignored columns, the first five are named', async () => {
	const path = write('many.csv', ['Nr;Name;Preis;a;b;c;d;e;f;g', 'MANY-1;Becher;9,90;;;;;;;'])
	const { stderr } = await importFile(path, '--map', 'sku=Nr,title=Name,price=Preis', '--currency', 'EUR')
	expect(stderr).toBe('columns that are ignored: a, b, c, d, e and 2 more\n')
})

test('the lines above a header are named as the cause, where no column is known', async () => {
	const path = write('titled.csv', ['Stock list;2026', '', 'sku;title', 'A-1;Mug'])
	const rule = 'the header must be the first line of the file'
	expect((await importFile(path)).stderr).toContain(rule)
	expect((await importFile(path, '--map', 'sku=Nr')).stderr).toContain(rule)
	const known = write('known.csv', ['sku;Farbe', 'A-1;rot'])
	expect((await importFile(known)).stderr).not.toContain(rule)
})

test.each([
	['title=Name,attributes.Größe=Größe', { title: 'Name', 'attributes.Größe': 'Größe' }],
	['title=Name, attributes.Shoe size=Size,brand=', { title: 'Name', 'attributes.Shoe size': 'Size', brand: '' }],
	['attributes.размер=Размер,attributes.Länge (cm)=L', { 'attributes.размер': 'Размер', 'attributes.Länge (cm)': 'L' }],
	['category=Categories (x,y,z...),sku=Nr', { category: 'Categories (x,y,z...)', sku: 'Nr' }],
	['price=Preis, netto,title=a=b', { price: 'Preis, netto', title: 'a=b' }],
])('--map %s names columns', (text, map) => {
	expect(toColumnMap(text)).toEqual(map)
})

test.each([
	[['--map', 'colour=Farbe'], '"colour" is no field. The fields are sku, title,'],
	[['--map', 'title'], 'It must be field=column, not "title".'],
	[['--map', 'title=A,title=B'], 'The field title must have one column.'],
	[['--map', 'sku=A', '--sku-from', 'B'], '--sku-from and --map sku=… name the same field'],
	[['--sku-from', ''], "option '--sku-from <column>' argument '' is invalid. It must name a column."],
	[['--map', 'title=Name,colour=Farbe'], '"colour" is no field.'],
	[['--encoding', 'klingon'], 'It must be the name of an encoding'],
	[['--currency', 'ZZZ'], 'It must be an ISO 4217 code'],
	[['--report', 'report.txt'], 'must end with .csv or .json'],
	[['--source', 'a b'], 'It must have 1 to 64 of'],
	[['--format', 'magento'], 'Allowed choices are mercat, shopify, woocommerce, google.'],
	[['--dry-run', '--if-empty'], '--if-empty has no meaning'],
])('%j is a usage error', async (options, message) => {
	const { exitCode, stderr } = await runMercat(['import', 'x.csv', ...options])
	expect(exitCode).toBe(2)
	expect(stderr).toContain(message)
})

const header = 'sku,title,price,currency,brand'

test('a dry run shows the first ten products and every problem, and changes nothing', async () => {
	const rows = Array.from({ length: 12 }, (_, n) => `DRY-${n},Mug ${n},9.90,EUR,`)
	const path = write('dry.csv', [header, ...rows, 'DRY-12,Cup,-1,EUR,', `DRY-13,${'x'.repeat(201)},1,EUR,`])
	const { exitCode, stdout, stderr } = await importFile(path, '--dry-run')
	expect(exitCode).toBe(1)
	expect(stdout).toMatch(/^a file of the format mercat: delimited text with "," between the cells, utf-8\n/i)
	expect(stdout).toContain('DRY-9 (line 11)\n  title: Mug 9\n  price: 9.90 EUR\n  empty: brand\n')
	expect(stdout).not.toContain('DRY-10')
	expect(stdout).toMatch(/^dry run, nothing was changed: 14 rows: 12 created, 0 updated, 0 unchanged, 2 failed$/m)
	expect(stderr).toMatch(/^line 14: DRY-12: price must/m)
	expect(stderr).toMatch(/^line 15: DRY-13: product\.title must/m)
	expect(await findProduct('DRY-0')).toBeUndefined()
})

test('a dry run names the empty fields of a product together', async () => {
	const path = write('empty.ndjson', [
		'{"sku":"EMPTY-1","title":"Mug","price":"1 EUR","brand":null,"imageUrls":[],"attributes":{"size":null,"color":"red"}}',
		'{"sku":"EMPTY-2","title":"Cup","price":"1 EUR","attributes":null}',
	])
	const { stdout } = await importFile(path, '--dry-run')
	expect(stdout).toMatch(/^ {2}attributes\.color: red\n {2}empty: brand, imageUrls, attributes\.size$/m)
	expect(stdout).toMatch(/^ {2}empty: attributes$/m)
})

test('a dry run without a catalog checks the file, and says so', async () => {
	const path = write('alone.csv', [header, 'ALONE-1,Mug,9.90,EUR,', 'ALONE-2,Cup,-1,EUR,'])
	const { exitCode, stdout, stderr } = await runMercat(['import', path, '--dry-run', '--catalog', '127.0.0.1:1'])
	expect(exitCode).toBe(1)
	expect(stderr).toContain('the catalog at 127.0.0.1:1 does not answer: only the file is checked\n')
	expect(stderr).toMatch(/^line 3: ALONE-2: price must/m)
	expect(stdout).toContain('dry run, nothing was changed: 2 rows were read, 1 failed\n')
})

const mixed = [header, 'GOOD,Mug,9.90,EUR,', 'NEGATIVE,"Cup, blue",-1,EUR,', 'UNKNOWN,,,,']

test('a report in CSV has a line for each row that failed', async () => {
	const report = join(folder, 'report.csv')
	await importFile(write('mixed.csv', mixed), '--report', report)
	const lines = readFileSync(report, 'utf8').trim().split('\n')
	expect(lines[0]).toBe('line,sku,outcome,rule,old,new,detail')
	expect(lines.slice(1).toSorted()).toEqual([
		expect.stringMatching(/^3,NEGATIVE,failed,PRICE_NEGATIVE,,,/),
		expect.stringMatching(/^4,UNKNOWN,failed,TITLE_REQUIRED,,,/),
	])
})

test('a report in JSON has the counts, too', async () => {
	const report = join(folder, 'report.json')
	await importFile(write('mixed-2.csv', mixed), '--report', report)
	expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
		file: join(folder, 'mixed-2.csv'),
		counts: { rows: 3, created: 0, updated: 0, unchanged: 1, held: 0, failed: 2 },
		rows: [
			{ line: 3, sku: 'NEGATIVE', outcome: 'failed', rule: 'PRICE_NEGATIVE' },
			{ line: 4, sku: 'UNKNOWN', outcome: 'failed', rule: 'TITLE_REQUIRED' },
		],
	})
})

test('a report that cannot be written is told before anything is imported', async () => {
	const path = write('unreported.csv', [header, 'UNREPORTED,Mug,9.90,EUR,'])
	const report = join(folder, 'nowhere', 'report.csv')
	expect(await importFile(path, '--report', report)).toEqual({
		exitCode: 1,
		stdout: '',
		stderr: `mercat: the report ${report} cannot be written: ENOENT\n`,
	})
	expect(await findProduct('UNREPORTED')).toBeUndefined()
})

test('an import as a source changes nothing of another owner, and its report says so', async () => {
	await importFile(write('own.csv', [header, 'OWN,Mug,9.90,EUR,Acme']))
	const report = join(folder, 'source.csv')
	const path = write('theirs.csv', [header, 'OWN,Cup,9.90,EUR,Acme', 'THEIRS,Jug,5.00,EUR,Acme'])
	const { exitCode, stdout } = await importFile(path, '--source', 'acme', '--report', report)
	expect({ exitCode, stdout }).toEqual({
		exitCode: 1,
		stdout: '2 rows: 1 created, 0 updated, 0 unchanged, 1 failed\n',
	})
	expect(readFileSync(report, 'utf8')).toMatch(/^2,OWN,failed,OTHER_SOURCE,/m)
	expect(await findProduct('OWN')).toMatchObject({ title: 'Mug' })
})

test('the file to import cannot be its report, by whatever name', async () => {
	const path = write('own-report.csv', [header, 'OWN-REPORT,Mug,9.90,EUR,'])
	const link = join(folder, 'link.csv')
	symlinkSync(path, link)
	for (const report of [path, link]) {
		expect(await importFile(path, '--report', report)).toEqual({
			exitCode: 2,
			stdout: '',
			stderr: 'mercat: --report must name another file than the one to import\n',
		})
	}
	expect(readFileSync(path, 'utf8')).toContain('OWN-REPORT')
})

test('an earlier report stays when the file to import is not there', async () => {
	const report = write('earlier.csv', ['the earlier report'])
	const { exitCode } = await importFile(join(folder, 'mistyped.csv'), '--report', report)
	expect(exitCode).toBe(1)
	expect(readFileSync(report, 'utf8')).toBe('the earlier report')
	expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})

const broken = `[${JSON.stringify({ sku: 'BROKEN', title: 'Mug', price: '-1', currency: 'EUR' })},`

test('a report says why the rest of a file was not read', async () => {
	const page = write('page.csv', ['<!doctype html><html><body>Sign in</body></html>'])
	const csv = write('page-report.csv', ['the earlier report'])
	await importFile(page, '--report', csv)
	expect(readFileSync(csv, 'utf8')).toMatch(/^line,.*\n,,stopped,HTML_PAGE,,,.+\n$/)

	const json = join(folder, 'broken-report.json')
	await importFile(write('broken.json', [broken]), '--report', json)
	const members = JSON.parse(readFileSync(json, 'utf8'))
	expect(Object.keys(members)).toEqual(['file', 'startedAt', 'rows', 'endedAt', 'counts', 'stopped'])
	expect(members).toMatchObject({
		rows: [{ line: 1, sku: 'BROKEN', rule: 'PRICE_NEGATIVE' }],
		counts: { rows: 1, failed: 1 },
		stopped: { rule: 'NOT_COMPLETE', detail: expect.any(String) },
	})
})

test('a dry run calls a file a mapped one when --map names its columns', async () => {
	const path = write('mapped.csv', ['Nummer;Preis', 'MAPPED-1;9,90'])
	const options = ['--map', 'sku=Nummer,price=Preis', '--currency', 'EUR', '--dry-run']
	const { stdout } = await importFile(path, ...options)
	expect(stdout).toMatch(/^a mapped file: delimited text with ";" between the cells, utf-8\n/i)
})

test('a dry run of a refused file names no rows, and one of a file that breaks off counts them', async () => {
	const page = write('refused.csv', ['<!doctype html><html><body>Sign in</body></html>'])
	expect(await importFile(page, '--dry-run')).toMatchObject({ exitCode: 1, stdout: '' })
	const path = write('breaks-off.json', [
		`${broken}${JSON.stringify({ sku: 'WHOLE', title: 'x', price: 1, currency: 'EUR' })},`,
	])
	expect((await importFile(path, '--dry-run')).stdout).toContain(
		'dry run, nothing was changed: 2 rows: 1 created, 0 updated, 0 unchanged, 1 failed\n',
	)
	const alone = await runMercat(['import', path, '--dry-run', '--catalog', '127.0.0.1:1'])
	expect(alone.stdout).toContain('dry run, nothing was changed: 2 rows were read, 1 failed\n')
})

test('the report of a dry run without a catalog counts all rows of the file', async () => {
	const path = write('alone-report.csv', [header, 'ALONE-3,Mug,9.90,EUR,', 'ALONE-4,Cup,-1,EUR,', 'ALONE-5,Jug,1,EUR,'])
	const report = join(folder, 'alone.json')
	await runMercat(['import', path, '--dry-run', '--report', report, '--catalog', '127.0.0.1:1'])
	expect(JSON.parse(readFileSync(report, 'utf8')).counts).toEqual({ rows: 3, failed: 1 })
})
