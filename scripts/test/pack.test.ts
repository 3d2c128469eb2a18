import { expect, test } from 'vitest'
import { readWorkspace } from '../layout/workspace.ts'
import { packManifest } from '../pack/pack-manifest.ts'
import { resolvedModule } from '../pack/resolved-module.ts'

const manifests = {
	'packages/client': {
		exports: { '.': './src/index.ts' },
		dependencies: { '@mercat/service': 'workspace:*', ky: '1.0.0' },
	},
	'packages/service': { exports: { './backoff': './src/timing/backoff.ts' }, dependencies: { pino: '2.0.0' } },
}
const manifestOf = (folder: string) => ({
	name: folder.replace('packages', '@mercat'),
	version: '0.1.0',
	description: '',
	license: 'MIT',
	...manifests[folder as keyof typeof manifests],
})
const { packages } = readWorkspace(
	Object.keys(manifests).map((folder) => ({
		path: `${folder}/package.json`,
		text: JSON.stringify(manifestOf(folder)),
	})),
)

test('a compiled module names modules of the workspace, and its own, by relative paths', () => {
	const text = [
		"import { backoffMs } from '@mercat/service/backoff';",
		"export type { Retry } from './calling/retry.ts';",
		"import ky from 'ky';",
		"declare const now: import('@mercat/service/backoff').Now;",
		"new URL('../data/', import.meta.url);",
	].join('\n')
	expect(resolvedModule('packages/client/src/index.d.ts', text, { packages, exists: () => true }).split('\n')).toEqual([
		"import { backoffMs } from '../../service/src/timing/backoff.js';",
		"export type { Retry } from './calling/retry.js';",
		"import ky from 'ky';",
		"declare const now: import('../../service/src/timing/backoff.js').Now;",
		"new URL('../data/', import.meta.url);",
	])
})

test('a module that was not compiled is named', () => {
	const text = "import { backoffMs } from '@mercat/service/backoff'"
	expect(() => resolvedModule('packages/client/src/index.js', text, { packages, exists: () => false })).toThrow(
		'packages/client/src/index.js imports @mercat/service/backoff, which was not compiled',
	)
})

test('a pack depends on the libraries of its modules, with the versions of the packages that they come from', () => {
	const own = packages.find(({ name }) => name === '@mercat/client')
	if (own === undefined) throw new Error('there is no package')
	const compiled = [
		{ path: 'packages/client/src/index.js', text: "import ky from 'ky/core'\nimport './a.js'\nimport 'node:fs'" },
		{ path: 'packages/service/src/timing/backoff.js', text: "import pino from 'pino'" },
	]
	expect(packManifest({ manifestOf, own, exported: ['.'], compiled })).toMatchObject({
		name: '@mercat/client',
		exports: { '.': { types: './packages/client/src/index.d.ts', default: './packages/client/src/index.js' } },
		dependencies: { ky: '1.0.0', pino: '2.0.0' },
	})
	const unknown = [{ path: 'packages/service/src/timing/backoff.js', text: "import 'ky'" }]
	expect(() => packManifest({ manifestOf, own, exported: ['.'], compiled: unknown })).toThrow('does not depend on')
})
