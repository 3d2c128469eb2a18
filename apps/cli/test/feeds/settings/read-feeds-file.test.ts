import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandError } from '../../../src/command/command-error.ts'
import { readFeedsFile } from '../../../src/feeds/settings/read-feeds-file.ts'
import { settingsDigest } from '../../../src/feeds/settings/settings-digest.ts'

let folder: string
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-settings-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function read(settings: unknown, env: NodeJS.ProcessEnv = {}, only: string[] = []) {
	const path = join(folder, 'feeds.json')
	writeFileSync(path, typeof settings === 'string' ? settings : JSON.stringify(settings))
	return readFeedsFile(path, env, only)
}

/** The one message about a file, without its name. */
function fault(settings: unknown, env: NodeJS.ProcessEnv = {}, only: string[] = []): string {
	try {
		read(settings, env, only)
	} catch (error) {
		expect((error as CommandError).exitCode).toBe(2)
		return (error as Error).message.replace(join(folder, 'feeds.json: '), '')
	}
	return 'none'
}

const acme = { name: 'acme', url: 'https://acme.example/feed.csv' }

test('a feed with a name and a URL has the defaults', () => {
	expect(read({ feeds: [acme] })).toEqual([
		{
			name: 'acme',
			url: new URL(acme.url),
			urlIsSecret: false,
			headers: {},
			file: {},
			timeoutS: 60,
			maxBytes: 1_073_741_824,
			allowPrivate: false,
			onMissing: 'keep',
			maxMissingPercent: 20,
			maxPriceChangePercent: 50,
		},
	])
})

test('credentials and addresses come from the environment, or from files that it names', () => {
	const secretFile = join(folder, 'secret')
	writeFileSync(secretFile, 'Bearer of-a-file\n')
	const [feed] = read(
		{ feeds: [{ name: 'acme', url: { env: 'ACME_URL' }, headers: { 'X-Api-Key': { env: 'ACME_KEY' } } }] },
		{ ACME_URL: 'https://acme.example/feed?key=1', ACME_KEY_FILE: secretFile },
	)
	expect(feed).toMatchObject({ urlIsSecret: true, headers: { 'x-api-key': 'Bearer of-a-file' } })
	expect(feed?.url.href).toBe('https://acme.example/feed?key=1')
})

test('a relative file URL begins at the folder of the settings', () => {
	const [feed] = read({ feeds: [{ name: 'acme', url: 'file:feeds/acme.csv' }] })
	expect(feed?.url.href).toBe(pathToFileURL(join(folder, 'feeds/acme.csv')).href)
})

test('one message names every fault of all feeds', () => {
	const wrong = { name: 'b/c', url: 'acme.example', timeoutS: 0, onMissing: 'delete', color: 'red', map: ['sku'] }
	const message = fault({ feeds: [wrong, { ...acme, maxMissingPercent: 101 }, { url: acme.url }, 7] })
	expect(message.split('; ').filter((text) => !text.startsWith('the members'))).toEqual([
		'feeds[0]: color is not known',
		'feeds[0]: name must be 1 to 64 of A-Z a-z 0-9 . _ -, and be neither shop nor only dots',
		'feeds[0]: map must be an object from field to column, such as { "sku": "Article" }',
		'feeds[0]: timeoutS must be a number from 1 to 3600',
		'feeds[0]: onMissing must be one of keep, soldOut, archive',
		'feeds[0]: url must be an http:, https: or file: URL, or { "env": "VARIABLE" } with one',
		'feed acme: maxMissingPercent must be a number from 0 to 100',
		'feeds[2]: name is required',
		'feeds[3] must be an object',
	])
})

test.each([
	['two feeds of one name', { feeds: [acme, acme] }, 'feed acme: name must not be the name of two feeds'],
	[
		'a user in the URL',
		{ feeds: [{ ...acme, url: 'https://me:secret@acme.example/' }] },
		'feed acme: url must not contain a user or a password: give them as the header authorization, from the environment',
	],
	[
		'a literal credential',
		{ feeds: [{ ...acme, headers: { Authorization: 'Bearer secret' } }] },
		'feed acme: headers.Authorization must be { "env": "VARIABLE" }, so that this file has no secret',
	],
	[
		'a variable that is not set',
		{ feeds: [{ ...acme, headers: { authorization: { env: 'NONE' } } }] },
		'feed acme: headers.authorization needs the variable NONE, which is not set',
	],
	[
		'a header of the connection',
		{ feeds: [{ ...acme, headers: { Host: 'x' } }] },
		'feed acme: headers.Host must not be given: the command sends it itself',
	],
	['no feeds', { feeds: [] }, 'must be { "feeds": […] } with one feed or more'],
	['an unknown field of the map', { feeds: [{ ...acme, map: { colour: 'Colour' } }] }, /^feed acme: map.*colour/],
	[
		'text that is not JSON',
		'{ "feeds": [ { "authorization": "secret" ',
		'must be JSON (the fault is at line 1, column 42)',
	],
])('the settings are refused because of %s', (_name, settings, message) => {
	if (typeof message === 'string') expect(fault(settings)).toBe(message)
	else expect(fault(settings)).toMatch(message)
	expect(fault(settings)).not.toContain('secret"')
})

test('a value of a variable is in no message', () => {
	const feed = { ...acme, headers: { authorization: { env: 'KEY' } } }
	expect(fault({ feeds: [feed] }, { KEY: 'se\ncret' })).toBe(
		'feed acme: headers.authorization must have no line break and no character that a header cannot have',
	)
})

test('only the wanted feeds are read, and each must be there', () => {
	const settings = { feeds: [acme, { ...acme, name: 'other' }] }
	expect(read(settings, {}, ['other']).map(({ name }) => name)).toEqual(['other'])
	expect(fault(settings, {}, ['third'])).toBe('there is no feed third, which --only names')
})

test('a feed that is not wanted needs no variables, and its other faults count', () => {
	const variables = { url: { env: 'NO_URL' }, headers: { authorization: { env: 'NO_KEY' } } }
	const settings = { feeds: [acme, { name: 'other', ...variables }] }
	expect(read(settings, {}, ['acme']).map(({ name }) => name)).toEqual(['acme'])
	expect(fault(settings)).toContain('needs the variable NO_KEY, which is not set')
	const wrong = {
		name: 'other',
		...variables,
		timeoutS: 0,
		headers: { host: { env: 'NO_HOST' }, plain: 'line\nbreak' },
	}
	expect(fault({ feeds: [acme, wrong] }, {}, ['acme']).split('; ')).toEqual([
		'feed other: timeoutS must be a number from 1 to 3600',
		'feed other: headers.host must not be given: the command sends it itself',
		'feed other: headers.plain must have no line break and no character that a header cannot have',
	])
})

test.each(['shop', '.', '..', '...'])('a feed may not be named %s', (name) => {
	expect(fault({ feeds: [{ ...acme, name }] })).toMatch(/^feeds\[0\]: name must be .* neither shop nor only dots$/)
})

test('names that only begin with dots or shop are names', () => {
	const names = ['.a', 'a..', 'shop2', 'Shop', 'my-shop']
	expect(read({ feeds: names.map((name) => ({ ...acme, name })) }).map(({ name }) => name)).toEqual(names)
})

test('the digest of the settings changes with what decides how a feed is applied', () => {
	const digest = (more: object, env = {}) => settingsDigest(read({ feeds: [{ ...acme, ...more }] }, env)[0]!)
	const plain = digest({})
	expect(digest({ timeoutS: 5, allowPrivate: true })).toBe(plain)
	expect(digest({ map: { sku: 'a', title: 'b' } })).toBe(digest({ map: { title: 'b', sku: 'a' } }))
	const changes = [{ currency: 'EUR' }, { map: { sku: 'a' } }, { onMissing: 'archive' }, { maxPriceChangePercent: 60 }]
	expect(new Set([plain, ...changes.map((change) => digest(change))]).size).toBe(5)
})

test.each([
	['{\n  "feeds": [\n    { "name": "acme" "url": 1 }\n  ]\n}\n', 3, 22],
	['{\r\n  "feeds": [],\r\n}', 3, 1],
	['{ "feeds": [ {} ]', 1, 18],
	['{ "feeds": [] } x', 1, 17],
	["{ 'feeds': [] }", 1, 3],
	['{ "feeds": "a\nb" }', 1, 14],
	['{ "feeds": tru }', 1, 15],
	['{ "feeds": [-] }', 1, 14],
	['{ "feeds": "\\u12x" }', 1, 17],
	['', 1, 1],
])('the message about %j names the line and the column', (text, line, column) => {
	expect(fault(text)).toBe(`must be JSON (the fault is at line ${line}, column ${column})`)
})

test('a file that is not there is called so', () => {
	const path = join(folder, 'none.json')
	expect(() => readFeedsFile(path, {})).toThrow(`${path}: there is no such file`)
	expect(() => readFeedsFile(folder, {})).toThrow(`${folder} cannot be read: it must be a file that this user may read`)
})
