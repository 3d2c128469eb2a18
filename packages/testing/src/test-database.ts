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

const sessions = new Map<string, ReturnType<typeof openServerSession>>()

/** Sends a statement to a server, outside of the databases of the tests. */
export function administer(server: string, statement: string): ReturnType<ReturnType<typeof openServerSession>> {
	const send = sessions.get(server) ?? openServerSession(server)
	sessions.set(server, send)
	return send(statement)
}

/**
 * Creates a database for one test, and drops it at the end.
 *
 * @param copyOf the URL of a database to copy, which nothing may have open; without it, the database is empty
 */
export async function createTestDatabase(engine: Engine, copyOf?: string): Promise<TestDatabase> {
	if (engine === 'postgres') return createDatabaseOn(inject('postgresUrl'), copyOf)
	const folder = mkdtempSync(join(tmpdir(), 'mercat-test-'))
	cpSync(copyOf?.slice('pglite:'.length) ?? inject('pgliteTemplate'), join(folder, 'data'), { recursive: true })
	return {
		url: `pglite:${join(folder, 'data')}`,
		async [Symbol.asyncDispose]() {
			rmSync(folder, { recursive: true, force: true })
		},
	}
}

/** Creates a database on another server than that of the tests. `server` is the URL of one of its databases. */
export async function createDatabaseOn(server: string, copyOf?: string): Promise<TestDatabase> {
	const name = `test_${randomUUID().replaceAll('-', '')}`
	const template = copyOf === undefined ? `template0 ${sortedByLocale}` : new URL(copyOf).pathname.slice(1)
	await administer(server, `create database ${name} template ${template}`)
	return {
		url: databaseUrl(server, name),
		async [Symbol.asyncDispose]() {
			await administer(server, `drop database ${name} with (force)`)
		},
	}
}

/** The URL of another database of a server. */
export function databaseUrl(server: string, name: string): string {
	const url = new URL(server)
	url.pathname = `/${name}`
	return url.href
}
