import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from './workspace.ts'

const patterns = [
	'package.json',
	'{apps,services,packages}/*/package.json',
	'{apps,services,packages}/*/{src,test,scripts,bin}/**/*',
	'{examples,scripts}/**/*',
]

/** The files of a checkout that the rules of the layout look at. */
export function readCheckout(root: string): SourceFile[] {
	return globSync(patterns, { cwd: root, withFileTypes: true, exclude: (entry) => entry.name === 'node_modules' })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.map((path) => ({ path: path.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
		.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
