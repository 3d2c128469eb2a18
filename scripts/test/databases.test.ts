import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PostgresServer, startPostgresServer } from '@mercat/testing/postgres-server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './repository-files.ts'

const lack = 'there is no psql'
const hasPsql = spawnSync('psql', ['--version']).status === 0
if (!hasPsql && process.env['CI'] !== undefined) throw new Error(lack)
if (!hasPsql) console.warn(`the tests of deploy/databases.sql are left out, because ${lack}`)

// The first version of deploy/databases.sql, which ran once on a new volume.
const versionBefore = `
	create role catalog login password 'first';
	create database catalog owner catalog;
	revoke connect on database catalog from public;
	create role "order" login password 'first';
	create database "order" owner "order";
	revoke connect on database "order" from public;
`

describe.skipIf(!hasPsql)(`deploy/databases.sql${hasPsql ? '' : ` (left out: ${lack})`}`, () => {
	let server: PostgresServer
	beforeEach(async () => {
		server = await startPostgresServer()
	})
	afterEach(() => server[Symbol.asyncDispose]())

	function psql(args: string[], url = server.url): string {
		const env = { PATH: process.env['PATH'], POSTGRES_PASSWORD: "it's a secret" }
		return execFileSync('psql', ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', ...args, url], {
			env,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'pipe'],
		})
	}
	const makeMissing = () => psql(['--file', join(root, 'deploy/databases.sql')])
	const ask = (sql: string) => psql(['--command', sql]).trim().split('\n')
	const passwords = () =>
		ask(`select rolname, rolpassword from pg_authid where rolcanlogin order by rolname collate "C"`)
	const as = (role: string, database: string) =>
		psql(
			['--command', 'create table probe (id int); drop table probe; select current_user'],
			server.url.replace('postgres@', `${role}@`).replace(/[^/]*$/, database),
		)
	const owners = `select datname, pg_get_userbyid(datdba) from pg_database where datname in ('catalog', 'order', 'market') order by 1`

	function expectDatabases(): void {
		expect(ask(owners)).toEqual(['catalog|catalog', 'market|market', 'order|order'])
		for (const name of ['catalog', 'order', 'market']) expect(as(name, name).trim()).toBe(name)
		expect(() => as('market', 'catalog')).toThrow('permission denied for database "catalog"')
		expect(() => as('catalog', 'market')).toThrow('permission denied for database "market"')
	}

	const scrambled = (name: string) => expect.stringMatching(new RegExp(`^${name}\\|SCRAM-SHA-256\\$`))
	const ofServices = [scrambled('catalog'), scrambled('market'), scrambled('order')]

	test('makes a role and a database for each service on a new server, with the password, and leaves that of the superuser', () => {
		psql(['--command', "alter role postgres password 'first'"])
		makeMissing()
		expectDatabases()
		expect(passwords()).toEqual([...ofServices, scrambled('postgres')])
	})

	test('in compose, the superuser has no password afterwards, because the services know it', () => {
		psql(['--command', "alter role postgres password 'first'"])
		const { services } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true })
		const [program, ...args] = services.databases.command as string[]
		expect(program).toBe('psql')
		psql(args.map((arg) => arg.replace('--file=/', `--file=${join(root, 'deploy')}/`)))
		expectDatabases()
		expect(passwords()).toEqual([...ofServices, 'postgres|'])
	})

	test('changes nothing when it runs again', () => {
		makeMissing()
		const before = passwords()
		as('market', 'market')
		makeMissing()
		expectDatabases()
		expect(passwords()).toEqual(before)
	})

	test('adds what is missing to a server of the version before, and leaves its data and its passwords as they are', () => {
		for (const statement of versionBefore.split(';').slice(0, -1)) psql(['--command', statement])
		const ofBefore = passwords()
		const url = server.url.replace('postgres@', 'order@').replace(/[^/]*$/, 'order')
		psql(['--command', 'create table orders as select 7 as id'], url)
		makeMissing()
		expectDatabases()
		expect(passwords()).toEqual(expect.arrayContaining(ofBefore))
		expect(psql(['--command', 'select id from orders'], url).trim()).toBe('7')
	})

	test('goes on where an earlier run was cut off', () => {
		psql(['--command', 'create role market login'])
		makeMissing()
		expectDatabases()
	})
})
