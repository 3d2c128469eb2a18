import { openDatabase } from '@mercat/database/database'
import { type MercatResult, runMercat } from '@mercat/testing/run-mercat'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect } from 'vitest'
import { runAudit } from '../../src/audit/audit-command.ts'
import type { DatabaseUrls } from './healthy-shop.ts'

/** The statements to run in each database. */
export type Changes = { catalog?: string[]; order?: string[] }

const invariants = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

/** Runs `mercat audit` on the databases. */
export function runAuditCommand({ catalog, order }: DatabaseUrls): Promise<MercatResult> {
	return runMercat(['audit', '--catalog-db', catalog, '--order-db', order])
}

/** Runs the audit without a process of its own, which saves the start of one for each of many audits. */
export async function auditInProcess({ catalog, order }: DatabaseUrls) {
	const lines: string[] = []
	const exitCode = await runAudit({ catalogDb: catalog, orderDb: order }, {}, (line) => lines.push(line))
	return readResult({ exitCode, stdout: lines.join('\n'), stderr: '' })
}

/** The lines of the broken invariants by their numbers. Expects one line for each invariant. */
export function readResult({ exitCode, stdout, stderr }: MercatResult) {
	const lines = stdout.trimEnd().split('\n')
	expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(invariants)
	const broken = Object.fromEntries(
		lines.flatMap((line) => {
			const [, number, state] = /^(\d+) (ok|BROKEN) {2,}\S/.exec(line) ?? []
			expect(state, line).toBeDefined()
			return state === 'BROKEN' ? [[Number(number), line]] : []
		}),
	)
	return { exitCode, stderr, broken: broken as Record<number, string> }
}

/** Runs the changes of each database in one transaction. */
export async function changeDatabases(urls: DatabaseUrls, changes: Changes): Promise<void> {
	for (const service of ['catalog', 'order'] as const) {
		const statements = changes[service]
		if (statements === undefined) continue
		await using database = await openDatabase(urls[service], { connectTimeoutMs: 60_000 })
		await database.transaction(async ({ query }) => {
			for (const statement of statements) await query(statement)
		})
	}
}

/** Copies the databases that the changes are for, changes the copies, and shares the other database. */
export async function copyDatabases(source: DatabaseUrls, changes: Changes) {
	await using opened = new AsyncDisposableStack()
	const urls = { ...source }
	for (const service of ['catalog', 'order'] as const) {
		if (changes[service] === undefined) continue
		urls[service] = opened.use(await createTestDatabase('postgres', source[service])).url
	}
	await changeDatabases(urls, changes)
	const resources = opened.move()
	return { urls, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
