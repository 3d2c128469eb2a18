import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as conventions from '@opentelemetry/semantic-conventions'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const stable = new Set<unknown>(
	Object.entries(conventions).flatMap(([constant, name]) => (constant.startsWith('ATTR_') ? [name] : [])),
)
// A text with the prefix of a convention. The names of our own attributes begin with `mercat.`.
const attribute =
	/['"]((?:client|code|db|error|exception|http|network|rpc|server|service|telemetry|url|user_agent)\.[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)['"]/g

const namesIn = (source: string) => [...source.matchAll(attribute)].map(([, name]) => name as string)

test('every attribute that the code names is one of the stable semantic conventions', () => {
	const files = globSync('{packages,services}/*/src/**/*.ts', { cwd: root, exclude: ['**/node_modules/**'] })
	const named = new Map(
		files.flatMap((file) => namesIn(readFileSync(`${root}${file}`, 'utf8')).map((name) => [name, file])),
	)
	expect([...named.keys()]).toEqual(expect.arrayContaining(['db.query.summary', 'error.type', 'service.name']))
	expect([...named].filter(([name]) => !stable.has(name))).toEqual([])
})

test('a name of an older version of the conventions would be found', () => {
	const names = namesIn(`span.setAttributes({ 'rpc.grpc.status_code': 0, "http.url": url, 'server.address': host })`)
	expect(names.filter((name) => !stable.has(name))).toEqual(['rpc.grpc.status_code', 'http.url'])
})
