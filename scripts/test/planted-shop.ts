import { checkLayout } from '../layout/layout.ts'
import type { SourceFile } from '../layout/workspace.ts'

const names = ['cli', 'catalog', 'order', 'catalog-api', 'database', 'service'].map((name) => `@mercat/${name}`)
const libraries = ['@grpc/grpc-js', 'fastify', 'pg']

/** The packages of a small shop, in which each package may import each package by its name. */
export const shop: SourceFile[] = [
	manifest('apps/cli', {}),
	manifest('services/catalog', { './server': './src/server.ts', './main': './src/main.ts' }),
	manifest('services/order', { './config': './src/config.ts' }),
	manifest('services/market', { './config': './src/config.ts' }),
	manifest('packages/database', { './*': './src/*.ts' }),
	manifest('packages/service', { './log': './src/process/log.ts' }),
]

/** The small shop with these modules, given as texts by their paths. */
export function modules(texts: Record<string, string>): SourceFile[] {
	return [...shop, ...Object.entries(texts).map(([path, text]) => ({ path, text }))]
}

export function brokenRules(files: SourceFile[]): string[] {
	return checkLayout(files).violations.map(({ rule }) => rule)
}

function manifest(folder: string, exports: Record<string, string>): SourceFile {
	const dependencies = Object.fromEntries([...names, ...libraries].map((name) => [name, 'workspace:*']))
	const text = JSON.stringify({
		name: `@mercat/${folder.split('/')[1]}`,
		exports,
		dependencies,
		devDependencies: { vitest: '5' },
	})
	return { path: `${folder}/package.json`, text }
}
