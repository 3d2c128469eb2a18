import { expect, test } from 'vitest'
import { readImports } from '../layout/imports.ts'

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
	["const b = import.meta.resolve('a')", 'resolved'],
])('%s names a module', (text, kind) => {
	expect(readImports(text)).toEqual([{ specifier: 'a', kind }])
})

test("new URL('…', import.meta.url) names a file", () => {
	expect(readImports("const b = new URL('./a.ts', import.meta.url)")).toEqual([
		{ specifier: './a.ts', kind: 'resolved' },
	])
})

test.each([
	"export const a = ['b']",
	"export function a(b = 'c') {}\nconst text = `select b from 'c'`",
	"// An import from 'a' would be wrong here.",
	"const path = resolve('a')",
])('%s names no module', (text) => {
	expect(readImports(text)).toEqual([])
})
