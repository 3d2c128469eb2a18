import { expect, test } from 'vitest'
import { readDatabaseServers } from '../../src/servers/database-url.ts'

test('a URL with several hosts gives a URL for each of them', () => {
	const servers = readDatabaseServers(
		'postgres://u:p%40ss@h1,h2:5433,[::1]:5434/shop?sslmode=require&target_session_attrs=read-write',
	)
	expect(servers?.wanted).toBe('read-write')
	expect(servers?.addresses.map(servers.urlOn)).toEqual([
		'postgres://u:p%40ss@h1:5432/shop?sslmode=require',
		'postgres://u:p%40ss@h2:5433/shop?sslmode=require',
		'postgres://u:p%40ss@[::1]:5434/shop?sslmode=require',
	])
})

test('any session will do when the URL does not say which', () => {
	expect(readDatabaseServers('postgresql://h1,h2/shop')?.wanted).toBe('any')
})

test('one host with target_session_attrs is a list of one', () => {
	const servers = readDatabaseServers('postgres://proxy:5000/shop?target_session_attrs=primary')
	expect(servers?.addresses.map(servers.urlOn)).toEqual(['postgres://proxy:5000/shop'])
})

test.each(['postgres://u@h1/shop', 'postgres:///shop?host=/run/postgresql', 'pglite:data', 'pglite:a,b'])(
	'%s is left to the driver',
	(url) => {
		expect(readDatabaseServers(url)).toBeUndefined()
	},
)

test.each([
	['postgres://h1,h2/shop?target_session_attrs=writable', /target_session_attrs must be one of any, read-write/],
	['postgres://h1,,h2/shop', /an empty host/],
	['postgres://h1,h2:port/shop', /h2:port/],
	['postgres://h1:99999,h2/shop', /h1:99999/],
])('%s is refused with its reason', (url, reason) => {
	expect(() => readDatabaseServers(url)).toThrow(reason)
})
