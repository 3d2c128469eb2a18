import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { openServerSession } from './postgres/server-session.ts'

export type Engine = 'postgres' | 'pglite'

/** Every store works on both engines. */
export const engines: Engine[] = ['postgres', 'pglite']

export type TestDatabase = AsyncDisposable & {
	/** The URL for `openDatabase` or for a service's `DATABASE_URL`. */
	url: string
}

// Most databases sort texts by a locale, so the tests do, too. A statement that needs the order of bytes must say so.
const sortedByLocale = "locale_provider icu icu_locale 'en-US'"

let session: ReturnType<typeof openServerSession> | undefined

/** Sends a statement to the server of the tests, outside of the databases of the tests. */
export function administer(statement: string): ReturnType<ReturnType<typeof openServerSession>> {
	// Programs that tests start may import this file, and know no server.
	session ??= openServerSession(inject('postgresUrl'))
	return session(statement)
}

/**
 * Creates a database for one test, and drops it at the end.
 *
 * @param copyOf the URL of a database to copy, which nothing may have open; without it, the database is empty
 */
export async function createTestDatabase(engine: Engine, copyOf?: string): Promise<TestDatabase> {
	if (engine === 'pglite') {
		const folder = mkdtempSync(join(tmpdir(), 'mercat-test-'))
		cpSync(copyOf?.slice('pglite:'.length) ?? inject('pgliteTemplate'), join(folder, 'data'), { recursive: true })
		return {
			url: `pglite:${join(folder, 'data')}`,
			async [Symbol.asyncDispose]() {
				rmSync(folder, { recursive: true, force: true })
			},
		}
	}
	const name = `test_${randomUUID().replaceAll('-', '')}`
	const template = copyOf === undefined ? `template0 ${sortedByLocale}` : new URL(copyOf).pathname.slice(1)
	await administer(`create database ${name} template ${template}`)
	return {
		url: databaseUrl(name),
		async [Symbol.asyncDispose]() {
			await administer(`drop database ${name} with (force)`)
		},
	}
}

/** The URL of a database on the server of the tests. */
export function databaseUrl(name: string): string {
	const url = new URL(inject('postgresUrl'))
	url.pathname = `/${name}`
	return url.href
}
