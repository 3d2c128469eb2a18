import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseEnvFile } from '../../src/env-file/parse-env-file.ts'

const example = fileURLToPath(new URL('../../../../.env.example', import.meta.url))

test('names and values are read as compose reads them', () => {
	const lines = [
		'\uFEFF# a comment',
		'',
		'PLAIN=a#b   # a comment',
		'  export EXPORTED = spaces around ',
		"SINGLE='pa$$word #1'",
		'DOUBLE="two\\nlines and \\$5" # a comment',
		"LONG='two",
		"lines'",
		'EMPTY=',
		'PLAIN_QUOTE=it`s',
	]
	const expected = {
		PLAIN: 'a#b',
		EXPORTED: 'spaces around',
		SINGLE: 'pa$$word #1',
		DOUBLE: 'two\nlines and $5',
		LONG: 'two\nlines',
		EMPTY: '',
		PLAIN_QUOTE: 'it`s',
	}
	expect(parseEnvFile(lines.join('\n'), '.env')).toEqual(expected)
	expect(parseEnvFile(lines.join('\r\n'), '.env')).toEqual(expected)
})

test.each([
	['a line without =', 'A=1\n\nhidden\n', 'line 3: must be NAME=VALUE'],
	['a quote that is never closed', "A=1\nB='hidden\nC=3", 'line 2: the quote is never closed'],
	['a variable in a value', 'B=$hidden', 'line 1: a $ must be in single quotes'],
	['a variable in double quotes', 'B="a $hidden"', 'line 1: a $ must be in single quotes'],
	['a backslash of another language', 'B="C:\\hidden"', 'line 1: a backslash in double quotes must'],
	['a value that goes on after its quote', "B='hidden'hidden", 'line 1: something follows the closing quote'],
	['a value that may be a comment', 'B= # hidden', 'line 1: a value that begins with # must be in quotes'],
])('%s is refused with its line, and without its value', (_name, text, sentence) => {
	expect(() => parseEnvFile(text, '/shop/.env')).toThrow(`/shop/.env, ${sentence}`)
	expect(() => parseEnvFile(text, '/shop/.env')).not.toThrow('hidden')
})

test('every line of .env.example can be used', () => {
	const text = readFileSync(example, 'utf8').replaceAll(/^# (?=[A-Z][A-Z0-9_]*=)/gm, '')
	expect(Object.keys(parseEnvFile(text, example))).toContain('ORDER_PORT')
})
