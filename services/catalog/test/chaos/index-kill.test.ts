import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { migrationsFolder } from '../../src/server.ts'
import { indexIn } from '../search/index/index-in.ts'
import { commonTokens, tokensOfDoc } from './tokens-of-doc.ts'

const program = fileURLToPath(new URL('./index-writer.ts', import.meta.url))
const rounds = 6
const docsInRound = 150

test.each(engines)(
	'processes that write and fold are killed, and each doc that they wrote is found once, on %s',
	async (engine) => {
		await using files = await createMigratedDatabase(engine, migrationsFolder)
		const committed = new Set<number>()
		for (let round = 1; round <= rounds; round++) {
			// The embedded database belongs to one process.
			const writers = Array.from({ length: engine === 'postgres' ? 2 : 1 }, () => startWriter(files.url, committed))
			try {
				await eventually(() => expect(committed.size).toBeGreaterThan(round * docsInRound))
			} finally {
				await Promise.all(writers.map(kill))
			}
		}
		await using database = await openDatabase(files.url, { hasFixedPlans: true })
		const index = indexIn(database)
		const reader = index.reader()
		await expectAll(reader, committed)
		while ((await index.fold(100))?.segments !== 0);
		await expectAll(reader, committed)
		const wrong = await database.query(`
		select from search_word full join (select token, count(*) as rows from search_posting where token not like '#%' group by token) as counted
			on word = token
		where search_word.rows is distinct from counted.rows`)
		expect(wrong).toEqual([])
	},
)

function startWriter(url: string, committed: Set<number>): ChildProcess {
	const writer = spawn(process.execPath, [program, url], { stdio: ['ignore', 'pipe', 'inherit'] })
	createInterface({ input: writer.stdout }).on('line', (line) => committed.add(Number(line)))
	return writer
}

async function kill(writer: ChildProcess): Promise<void> {
	const closed = once(writer, 'close')
	writer.kill('SIGKILL')
	await closed
}

/** Each committed doc is found, and each doc that is found has all of its tokens. */
async function expectAll(
	{ find }: ReturnType<ReturnType<typeof indexIn>['reader']>,
	committed: ReadonlySet<number>,
): Promise<void> {
	const { all = {} } = await find('all')
	const numbers = Object.keys(all).map(Number)
	expect(numbers).toEqual(expect.arrayContaining([...committed]))
	const docs = numbers.map(tokensOfDoc)
	const found = await find(...commonTokens, ...numbers.map((number) => `#sku${number}`))
	const expected: typeof found = {}
	for (const { doc, tokens, places } of docs)
		for (const [index, token] of tokens.entries())
			expected[token] = { ...expected[token], [doc]: [places[index] as number] }
	expect(found).toEqual(expected)
}
