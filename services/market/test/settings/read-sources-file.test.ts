import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSourcesFile } from '../../src/settings/read-sources-file.ts'
import type { SourceSettings } from '../../src/settings/source-settings.ts'

let folder: string
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-settings-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function readFile(settings: unknown, env: NodeJS.ProcessEnv = {}) {
	const path = join(folder, 'sources.json')
	writeFileSync(path, typeof settings === 'string' ? settings : JSON.stringify(settings))
	return readSourcesFile(path, env)
}

function read(settings: unknown, env: NodeJS.ProcessEnv = {}): SourceSettings[] {
	const result = readFile(settings, env)
	if ('faults' in result) throw new Error(result.faults.join('\n'))
	return result.sources
}

/** The faults of a file, without its name. */
function faults(settings: unknown, env: NodeJS.ProcessEnv = {}): string[] {
	const result = readFile(settings, env)
	return 'faults' in result ? result.faults.map((fault) => fault.replace(join(folder, 'sources.json: '), '')) : []
}

const metals = { name: 'metals', url: 'wss://metals.example/ticks?feed=gold' }

test('a source with a name and a URL has the defaults', () => {
	expect(read({ sources: [metals] })).toEqual([
		{
			name: 'metals',
			url: new URL(metals.url),
			urlIsSecret: false,
			headers: {},
			allowPrivate: false,
			map: {
				seq: 'seq',
				ticks: 'ticks',
				snapshot: 'snapshot',
				sku: 'sku',
				price: 'price',
				currency: 'currency',
				available: 'available',
				at: 'at',
			},
			skuPrefix: '',
			priceIn: 'minor',
			currency: undefined,
			staleAfterS: 30,
			maxAgeS: 3_600,
			maxAheadS: 60,
			maxTickChangePercent: 50,
			maxDayChangePercent: 80,
			leastMovePercent: 5,
			window: 61,
			threshold: 6,
			agreeing: 3,
			floorMinor: undefined,
			ceilingMinor: undefined,
		},
	])
})

test('every member can be given, and a map keeps the default of each path that it leaves out', () => {
	const given = {
		allowPrivate: true,
		skuPrefix: 'M-',
		priceIn: 'major',
		staleAfterS: 5,
		maxAgeS: 60,
		maxAheadS: 0,
		maxTickChangePercent: 20,
		maxDayChangePercent: 30,
		leastMovePercent: 2.5,
		window: 31,
		threshold: 4.5,
		agreeing: 5,
		floorMinor: 0,
		ceilingMinor: 100,
	}
	const [source] = read({ sources: [{ ...metals, ...given, currency: 'eur', map: { price: 'p.last', ticks: '' } }] })
	expect(source).toMatchObject({ ...given, currency: 'EUR', map: { price: 'p.last', ticks: '', sku: 'sku' } })
})

test('credentials and addresses come from the environment, or from files that it names', () => {
	const secretFile = join(folder, 'secret')
	writeFileSync(secretFile, 'Bearer of-a-file\n')
	const source = { name: 'metals', url: { env: 'METALS_URL' }, headers: { Authorization: { env: 'METALS_KEY' } } }
	const [read1] = read(
		{ sources: [source] },
		{ METALS_URL: 'wss://metals.example/?key=1', METALS_KEY_FILE: secretFile },
	)
	expect(read1).toMatchObject({ urlIsSecret: true, headers: { authorization: 'Bearer of-a-file' } })
	expect(read1?.url.href).toBe('wss://metals.example/?key=1')
})

test.each([
	[
		'an unknown member',
		{ ...metals, colour: 'red' },
		/^source metals: colour is not known; the members of a source are name, /,
	],
	['no name', { url: metals.url }, 'sources[0]: name is required'],
	['the name of the shop', { ...metals, name: 'shop' }, /^sources\[0\]: name must be 1 to 64 of /],
	['no URL', { name: 'metals' }, 'source metals: url is required'],
	[
		'a URL of another protocol',
		{ ...metals, url: 'https://metals.example/' },
		/^source metals: url must be a ws: or wss: URL/,
	],
	[
		'a password in a URL',
		{ ...metals, url: 'wss://a:hunter2@metals.example' },
		/^source metals: url must not contain a user/,
	],
	[
		'the parameter of the position',
		{ ...metals, url: 'wss://metals.example/?after=7' },
		/url must not have the parameter after/,
	],
	[
		'a variable that is not set',
		{ ...metals, url: { env: 'NONE' } },
		'source metals: url needs the variable NONE, which is not set',
	],
	[
		'a credential',
		{ ...metals, headers: { 'X-Api-Key': 'hunter2' } },
		/headers\.X-Api-Key must be \{ "env": "VARIABLE" \}/,
	],
	[
		'a header of the connection',
		{ ...metals, headers: { 'Sec-WebSocket-Key': 'x' } },
		'source metals: headers.Sec-WebSocket-Key must not be given: the service sends it itself',
	],
	[
		'a map of unknown members',
		{ ...metals, map: { colour: 'c' } },
		/^source metals: map\.colour is not known; the members of a map are seq, /,
	],
	[
		'a path with an empty name',
		{ ...metals, map: { price: 'a..b' } },
		'source metals: map.price must be names between dots, such as data.price',
	],
	[
		'a path that is the whole message',
		{ ...metals, map: { seq: '' } },
		'source metals: map.seq must be names between dots, such as data.price',
	],
	['a map that is none', { ...metals, map: 'price' }, /^source metals: map must be an object/],
	['a number as text', { ...metals, maxAgeS: '60' }, 'source metals: maxAgeS must be a number from 1 to 86400'],
	[
		'a change of nothing',
		{ ...metals, leastMovePercent: 0 },
		'source metals: leastMovePercent must be a number above 0, at most 1000000',
	],
	['a broken window', { ...metals, window: 6.5 }, 'source metals: window must be a whole number from 5 to 1001'],
	['one tick that agrees', { ...metals, agreeing: 1 }, 'source metals: agreeing must be a whole number from 2 to 100'],
	[
		'an unknown currency',
		{ ...metals, currency: 'XYZ' },
		'source metals: currency must be a code of ISO 4217, such as EUR',
	],
	[
		'a floor above the ceiling',
		{ ...metals, floorMinor: 2, ceilingMinor: 1 },
		'source metals: ceilingMinor must not be below floorMinor',
	],
	['no object', 'metals', 'sources[0] must be an object'],
])('%s is refused', (_, source, message) => {
	expect(faults({ sources: [source] })).toEqual([
		typeof message === 'string' ? message : expect.stringMatching(message),
	])
})

test('a file names all of its faults', () => {
	const faulty = { sources: [metals, { ...metals, window: 'x' }, { name: 'oil', url: 1 }] }
	expect(faults(faulty)).toEqual([
		'source metals: window must be a whole number from 5 to 1001',
		'source oil: url must be a ws: or wss: URL, or { "env": "VARIABLE" } with one',
		'source metals: name must not be the name of two sources',
	])
})

test.each([
	['no list of sources', {}, 'must be { "sources": […] }'],
	['members beside the sources', { sources: [metals], feeds: [] }, 'must be { "sources": […] }'],
	['text that is not JSON', '{ "sources": [\n hunter2 ] }', 'must be JSON (the fault is at line 2, column 2)'],
])('a file with %s is refused', (_, settings, message) => {
	expect(faults(settings)).toEqual([message])
})

test('a file may have no sources yet, as that of compose', () => {
	expect(read({ sources: [] })).toEqual([])
	expect(readSourcesFile(join(import.meta.dirname, '../../../../deploy/market-sources.json'), {})).toEqual({
		sources: [],
	})
})

test('a file that is not there is named', () => {
	const path = join(folder, 'none.json')
	expect(readSourcesFile(path, {})).toEqual({ faults: [`${path}: there is no such file`] })
})
