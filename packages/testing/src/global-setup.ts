import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startPostgresServer } from './postgres/postgres-server.ts'

declare module 'vitest' {
	interface ProvidedContext {
		/** A PostgreSQL server that the tests may create databases in. */
		postgresUrl: string
		/** A part of the names of the databases that tests of this run copy. */
		runId: string
		/** The path of an empty embedded database, which tests copy. Others that they copy are beside it. */
		pgliteTemplate: string
	}
}

// PGlite clears the memory of its cache at every start, which takes most of the time of a start with the usual 128 MB.
const smallCache = "shared_buffers = '16MB'\n"

/** Prepares the run: an empty PGlite folder, and PostgreSQL, unless `TEST_DATABASE_URL` names a server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const given = process.env['TEST_DATABASE_URL']
	const postgres = given === undefined ? await startPostgresServer() : undefined
	const folder = mkdtempSync(join(tmpdir(), 'mercat-pglite-'))
	const template = join(folder, 'template')
	await (await PGlite.create(template, { extensions: { pg_trgm } })).close()
	appendFileSync(join(template, 'postgresql.conf'), smallCache)
	const runId = randomUUID().slice(0, 8)
	project.provide('runId', runId)
	project.provide('postgresUrl', given ?? postgres?.url ?? '')
	project.provide('pgliteTemplate', template)
	return async () => {
		if (given !== undefined) await dropTemplates(given, runId)
		await postgres?.[Symbol.asyncDispose]()
		rmSync(folder, { recursive: true, force: true })
	}
}

/** Drops the databases that tests have copied. A server of the tests themselves ends with all of its databases. */
async function dropTemplates(url: string, runId: string): Promise<void> {
	const client = new pg.Client(url)
	await client.connect()
	const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [
		`template_${runId}_`,
	])
	for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`)
	await client.end()
}
