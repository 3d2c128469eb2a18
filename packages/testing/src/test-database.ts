import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'

export type Engine = 'postgres' | 'pglite'

/** What a store promises, it promises on both. */
export const engines: Engine[] = ['postgres', 'pglite']

export type TestDatabase = AsyncDisposable & {
	/** For {@link openDatabase} or a service's `DATABASE_URL`. */
	url: string
}

// As databases are set up in most places: texts are not in the order of their bytes, where nothing else is said.
const anotherOrder = "locale_provider icu icu_locale 'en-US'"

/** A database that no one else uses and that is gone afterwards: empty, or a copy of one that nobody has open. */
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
	const server = inject('postgresUrl')
	const name = `test_${randomUUID().replaceAll('-', '')}`
	const template = copyOf === undefined ? `template0 ${anotherOrder}` : new URL(copyOf).pathname.slice(1)
	await administer(server, `create database ${name} template ${template}`)
	const url = new URL(server)
	url.pathname = `/${name}`
	return {
		url: url.href,
		async [Symbol.asyncDispose]() {
			await administer(server, `drop database ${name} with (force)`)
		},
	}
}

async function administer(url: string, statement: string): Promise<void> {
	const client = new pg.Client(url)
	await client.connect()
	try {
		await client.query(statement)
	} finally {
		await client.end()
	}
}
