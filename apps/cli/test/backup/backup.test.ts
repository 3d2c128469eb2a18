import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '@mercat/database/database'
import { type MercatResult, runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillMarket, type MarketUrls } from '../audit/healthy-market.ts'
import { fillDatabases } from '../audit/healthy-shop.ts'
import { commandsBelow, type DocumentCommands, outputPattern, runCommands } from '../documents/document-commands.ts'
import { lack, startToolsServer, type ToolsServer } from './tools-server.ts'

describe.skipIf(lack !== undefined)('A backup of PostgreSQL', () => {
	const opened = new AsyncDisposableStack()
	let server: ToolsServer
	let urls: MarketUrls
	/** A backup of the shop with its market. */
	let backup: string
	let made: MercatResult

	beforeAll(async () => {
		server = opened.use(await startToolsServer())
		const shop = { catalog: await create(), order: await create() }
		await fillDatabases(shop)
		urls = opened.use(await fillMarket(shop, () => server.create()))
		backup = join(server.folder, 'backup')
		// Nothing listens at the first host.
		const order = `${urls.order.replace('@', '@127.0.0.1:1,')}?target_session_attrs=read-write`
		made = await runMercat(['backup', backup, ...optionsOf({ ...urls, order })])
	})
	afterAll(() => opened.disposeAsync())

	const create = async () => opened.use(await server.create()).url
	const createAll = async (): Promise<MarketUrls> => ({
		catalog: await create(),
		order: await create(),
		market: await create(),
	})

	test('tells of each database, one of whose servers can write, and for how long transitions waited', () => {
		expect(made).toMatchObject({ exitCode: 0, stderr: '' })
		expect(made.stdout).toMatch(
			/^catalog +\S+ KB +PostgreSQL \d+\norder +\S+ KB .*\nmarket +\S+ KB .*\ntransitions of orders waited for \d+ ms at most\n\S+ is complete: .*\n$/,
		)
	})

	test('is restored without the market when no database is named for it, and says so', async () => {
		const { catalog, order } = await createAll()
		const args = ['restore', backup, '--catalog-db', catalog, '--order-db', order, '--no-audit']
		const { exitCode, stdout } = await runMercat(args)
		expect(exitCode).toBe(0)
		expect(stdout).toContain('the market is left out: name its database with --market-db')
		expect(stdout).not.toContain(' ok ')
	})

	test('is not restored into a database that has something in it, and nothing is written', async () => {
		const { catalog } = await createAll()
		const { exitCode, stderr } = await runMercat(['restore', backup, ...optionsOf({ ...urls, catalog })])
		expect(exitCode).toBe(2)
		expect(stderr).toMatch(
			/^mercat: the market database is not empty: it has \w+\. Create a new database, and name it\n$/,
		)
		expect(await countRows(catalog)).toEqual([])
	})

	test('leaves all databases empty when one of them cannot be filled', async () => {
		const targets = await createAll()
		{
			await using order = await openDatabase(targets.order)
			await order.query("create function log_transition() returns trigger language plpgsql as 'begin end'")
		}
		const { exitCode, stderr } = await runMercat(['restore', backup, ...optionsOf(targets)])
		expect(exitCode).toBe(1)
		expect(stderr).toMatch(/^mercat: pg_restore failed for the order database: .*"log_transition" already exists/)
		for (const url of Object.values(targets)) expect(await countRows(url)).toEqual([])
	})

	test('is made, restored and marked by the commands of docs/backup.md, which print what it shows, and the audit finds no breach', async () => {
		const targets = await createAll()
		const headings = ['## Copies', '## Restoring', '## Recovery to a point in time']
		const blocks = headings.map((heading) => commandsBelow('docs/backup.md', heading)[0] as DocumentCommands)
		const addresses = (host: string, { catalog, order, market }: MarketUrls) => ({
			[`postgres://catalog@${host}/catalog`]: catalog,
			[`postgres://order@${host}/order`]: order,
			[`postgres://market@${host}/market`]: market,
		})
		const outputs = await runCommands(blocks, server.folder, {
			...addresses('10.0.0.1', urls),
			...addresses('10.0.0.2', targets),
			'backups/monday': join(server.folder, 'backups/monday'),
		})
		for (const [index, { output = '' }] of blocks.entries()) {
			// Sizes, versions and times may differ.
			const varying = output.replaceAll('backups/monday', '…').replaceAll(/ *[\d][\d.T:Z-]*( [KM]?B)?/g, '…')
			expect(outputs[index]).toMatch(outputPattern(varying))
		}
		expect(outputs[1]?.match(/^\d+ ok /gm)).toHaveLength(15)
		for (const service of ['catalog', 'order', 'market'] as const) {
			expect(await countRows(targets[service])).toEqual(await countRows(urls[service]))
		}
	})

	const damages: [string, (folder: string) => void, RegExp][] = [
		[
			'a file was changed',
			(folder) => {
				const bytes = readFileSync(join(folder, 'order.dump'))
				bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
				writeFileSync(join(folder, 'order.dump'), bytes)
			},
			/the backup is damaged: order\.dump has another content/,
		],
		[
			'a file is shorter',
			(folder) => writeFileSync(join(folder, 'catalog.dump'), ''),
			/catalog\.dump has 0 bytes instead of \d+/,
		],
		['its manifest is not whole', (folder) => writeFileSync(join(folder, 'manifest.json'), '{'), /cannot be read/],
		[
			'it is of a later format',
			(folder) => changeManifest(folder, { format: 2, mercat: '9.0.0' }),
			/has the format 2, .* restore with Mercat 9\.0\.0/,
		],
		[
			'its paths lead out of it',
			(folder) =>
				changeManifest(folder, { databases: { order: copyAt('order/../../x'), catalog: copyAt('catalog.dump') } }),
			/manifest\.json is not as mercat backup writes it/,
		],
		[
			'its schema is later than this version',
			(folder) =>
				changeManifest(folder, { databases: { order: copyAt('order.dump'), catalog: copyAt('catalog.dump') } }),
			/has the schema 9999, and this Mercat knows \d+/,
		],
	]

	test.each(damages)('is refused when %s', async (_when, damage, message) => {
		const copy = join(server.folder, `damaged-${Math.random()}`)
		await cp(backup, copy, { recursive: true })
		damage(copy)
		const { exitCode, stderr } = await runMercat(['restore', copy, ...optionsOf(urls).slice(0, 4)])
		expect(exitCode).toBe(2)
		expect(stderr).toMatch(message)
		expect(stderr.trim().split('\n')).toHaveLength(1)
	})

	test('goes to a new folder only', async () => {
		expect(await runMercat(['backup', backup, ...optionsOf(urls)])).toMatchObject({
			exitCode: 2,
			stderr: `mercat: ${backup} is not empty: name a new folder, or remove what is in it\n`,
		})
	})

	test('needs the client tools of PostgreSQL, in the version of the server or a later one', async () => {
		const tools = join(server.folder, 'tools')
		await mkdir(tools)
		const run = (path: string) =>
			runMercat(['backup', join(server.folder, 'no-tools'), ...optionsOf(urls)], { PATH: path })
		expect(await run(tools)).toMatchObject({
			exitCode: 2,
			stderr: expect.stringMatching(/^mercat: there is no pg_dump on PATH: install the client tools of PostgreSQL/),
		})
		writeFileSync(join(tools, 'pg_dump'), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n", { mode: 0o755 })
		expect(await run(`${tools}:${process.env['PATH']}`)).toMatchObject({
			exitCode: 2,
			stderr: expect.stringMatching(
				/^mercat: pg_dump on PATH is of PostgreSQL 9, and the server of the \w+ database is of \d+: put the client tools/,
			),
		})
	})

	test('leaves nothing behind when it fails', async () => {
		const tools = join(server.folder, 'failing-tools')
		await mkdir(tools)
		const script = `#!/bin/sh
case "$*" in
--version) echo 'pg_dump (PostgreSQL) 99.1' ;;
*) echo 'pg_dump: error: no space left' >&2; exit 1 ;;
esac
`
		writeFileSync(join(tools, 'pg_dump'), script, { mode: 0o755 })
		const folder = join(server.folder, 'failed')
		const result = await runMercat(['backup', folder, ...optionsOf(urls)], { PATH: `${tools}:${process.env['PATH']}` })
		expect(result).toMatchObject({ exitCode: 1, stdout: '' })
		expect(result.stderr).toMatch(/^mercat: pg_dump failed for the \w+ database: pg_dump: error: no space left\n$/)
		expect(existsSync(folder)).toBe(false)
	})

	test('is of databases of one kind', async () => {
		const args = ['backup', join(server.folder, 'mixed'), '--order-db', urls.order]
		expect(await runMercat(args)).toMatchObject({
			exitCode: 2,
			stderr: expect.stringMatching(/^mercat: the databases must be all PostgreSQL or all embedded/),
		})
	})

	test('has restore points of one moment beside it, for recoveries to a point in time', async () => {
		expect(await runMercat(['mark', 'noon', ...optionsOf(urls)])).toMatchObject({
			exitCode: 0,
			stderr: '',
			stdout: expect.stringMatching(
				/^noon is a restore point of catalog, order, market\ntransitions of orders waited for \d+ ms at most\n$/,
			),
		})
	})
})

const optionsOf = ({ catalog, order, market }: MarketUrls) => [
	...['--catalog-db', catalog],
	...['--order-db', order],
	...['--market-db', market],
]

/** The tables of a database with their numbers of rows. Rows that a restored catalog forgets are left out. */
async function countRows(url: string) {
	await using database = await openDatabase(url)
	return database.query(`
		select relname, (xpath('/row/count/text()', query_to_xml(format('select count(*) from %s', oid::regclass), false, true, '')))[1]::text as rows
		from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not in ('search_change', 'stock_change')
		order by relname`)
}

function changeManifest(folder: string, change: object): void {
	const path = join(folder, 'manifest.json')
	writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }))
}

const copyAt = (path: string) => ({
	server: 15,
	schema: 9_999,
	folders: [],
	files: [{ path, bytes: 1, sha256: 'a' }],
})
