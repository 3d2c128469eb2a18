import { describe, expect, test } from 'vitest'
import { scopes } from '../../packages/service/src/auth/scopes.ts'
import { grpcErrors } from './grpc-errors.ts'
import { filesOf, read, tableRows } from './repository-files.ts'

// In a folder that was never installed, npx would fetch a stranger's package of that name.
describe('the command `npx --yes pnpm@12 mercat`', () => {
	const byNpxAlone = /.*\bnpx(?: --?[\w-]+)* mercat\b.*/g

	test('installs first, as every script of the root package', () => {
		expect(JSON.parse(read('package.json')).scripts).toMatchObject({ mercat: 'mercat' })
		expect(read('pnpm-workspace.yaml')).toMatch(/^verifyDepsBeforeRun: install$/m)
	})

	test('is what all documents, examples and messages name, and not npx alone', () => {
		const files = filesOf('**/*.{md,ts,mjs,js,py,yml}', '.env.example')
		expect(files.length).toBeGreaterThan(300)
		expect(files.flatMap((path) => (read(path).match(byNpxAlone) ?? []).map((line) => `${path}: ${line}`))).toEqual([])
	})

	test('is told from npx alone', () => {
		const [npx, command] = ['npx', 'mercat token']
		expect(`run \`${npx} --yes ${command}\``.match(byNpxAlone)).toHaveLength(1)
		expect(`run \`${npx} --yes pnpm@12 ${command}\``.match(byNpxAlone)).toBeNull()
	})
})

describe('every scope', () => {
	const documents = ['docs/api.md', 'docs/grpc.md', 'docs/live.md']

	test.each(Object.keys(scopes))('%s is explained in docs/api.md, docs/grpc.md or docs/live.md', (scope) => {
		const rows = documents.map((path) => tableRows(read(path), scope).length)
		expect(Math.max(...rows)).toBe(1)
	})

	test('that a service names is one that `mercat token` knows', () => {
		const sources = filesOf('services/*/src/**/*.ts').map(read).join('\n')
		const named = new Set(
			[...sources.matchAll(/'((?:catalog|events|market|orders|stock|webhooks):[a-z]+)'/g)].map(([, name]) => name),
		)
		expect([...named].sort()).toEqual(Object.keys(scopes).sort())
	})
})

describe('every method of the contract', () => {
	const methods = filesOf('proto/**/*.proto').flatMap((path) => [
		...read(path).matchAll(/((?:^ *\/\/.*\n)*)^ *rpc (\w+)\(/gm),
	])

	test('is found', () => {
		expect(methods).toHaveLength(40)
	})

	test.each(methods.map(([, comment, name]) => [name, comment]))(
		'%s has a comment with scope and reasons',
		(_name, comment) => {
			const named = /^ *\/\/ Scope: (\S+(?: or \S+)*)\.$/m.exec(comment as string)?.[1]?.split(' or ') ?? []
			expect(named).not.toEqual([])
			expect(['none', ...Object.keys(scopes)]).toEqual(expect.arrayContaining(named))
			expect(comment).toMatch(/^ *\/\/ Reasons: INVALID_REQUEST/m)
			const reasons = [...(comment as string).matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([reason]) => reason)
			expect(reasons.filter((reason) => !Object.hasOwn(grpcErrors, reason))).toEqual([])
			for (const scope of named.filter((name) => name !== 'none')) {
				expect(tableRows(read('docs/grpc.md'), scope)[0]).toContain(`\`${_name}\``)
			}
		},
	)
})
