import { expect, test } from 'vitest'
import { computedName, readImports } from '../layout/imports.ts'

test.each([
	["import 'a'", 'value'],
	["import a from 'a'", 'value'],
	["import * as a from 'a'", 'value'],
	["import a, { type B, c as d } from 'a'", 'value'],
	["import {\n\ttype A,\n\tb,\n} from 'a'", 'value'],
	["import table from 'a' with { type: 'json' }", 'value'],
	["export { b } from 'a'", 'value'],
	["export * from 'a'", 'value'],
	["const b = await import('a')", 'value'],
	["import type A from 'a'", 'type'],
	["import type { A } from 'a'", 'type'],
	["export type { A } from 'a'", 'type'],
	["\timport 'a'", 'value'],
	["b(); import 'a'", 'value'],
	["import/* b */{ c }/* d */from/* e */'a'", 'value'],
	["import b from // c\n'a'", 'value'],
	["import type from 'a'", 'value'],
	["import defer * as b from 'a'", 'value'],
	["import source b from 'a'", 'value'],
	["import b = require('a')", 'value'],
	["const b = import(\n\t'a',\n)", 'value'],
	['const b = import(`a`)', 'value'],
	["const b = import(/* c */ 'a')", 'value'],
	["const b = import (// c\n'a')", 'value'],
	["const b = import('a', { with: { type: 'json' } })", 'value'],
	["const b = import.defer('a')", 'value'],
	["let b: import('a').B", 'value'],
	["const b = require('a')", 'value'],
	['const b = require(/* c */ `a`)', 'value'],
	["const b = createRequire(import.meta.url)('a')", 'value'],
	["const b = createRequire(join(root(), 'c'))('a')", 'value'],
	["const load = createRequire(import.meta.url)\nload('a')", 'value'],
	["const load: NodeJS.Require = module.createRequire(import.meta.url)\nload('a')", 'value'],
	["const b = process.getBuiltinModule('a')", 'value'],
	["const b = process.getBuiltinModule?.('a')", 'value'],
	["const b = process['getBuiltinModule']('a')", 'value'],
	["export type * from 'a'", 'type'],
	['/// <reference types="a" />', 'type'],
	["const b = import.meta.resolve('a')", 'resolved'],
	['const b = import.meta.resolve(`a`)', 'resolved'],
	["const b = require.resolve('a')", 'resolved'],
	["const b = createRequire(import.meta.url).resolve('a')", 'resolved'],
	["const load = createRequire(import.meta.url)\nload.resolve('a')", 'resolved'],
])('%s names a module', (text, kind) => {
	expect(readImports(text)).toEqual([{ specifier: 'a', kind }])
})

test.each([
	"const b = new URL('./a.ts', import.meta.url)",
	'const b = new URL(`./a.ts`, import.meta.url)',
	"const b = new URL(/* c */ 'a.ts', import.meta.url)",
])('%s names a file', (text) => {
	expect(readImports(text)).toEqual([{ specifier: './a.ts', kind: 'resolved' }])
})

test.each([
	'const b = await import(a)',
	"const b = await import('a' + c)",
	`const b = await import(\`a/\${c}\`)`,
	"const b = await import('\\x61')",
	'const b = require(a)',
	'const b = createRequire(import.meta.url)(a)',
	'const b = process.getBuiltinModule(a)',
])('%s loads a module that only the running program knows', (text) => {
	expect(readImports(text)).toEqual([{ specifier: computedName, kind: 'value' }])
})

test.each([
	"export const a = ['b']",
	"export function a(b = 'c') {}\nconst text = `select b from 'c'`",
	"// An import from 'a' would be wrong here.",
	"const path = resolve('a')",
	'const path = import.meta.resolve(a)',
	"const row = catalog.import('a')",
	'const load = createRequire(createRequire(import.meta.url)).resolve',
	"export const a = 'b'",
	"export function importFrom(a = 'b') {}",
])('%s names no module', (text) => {
	expect(readImports(text)).toEqual([])
})
