import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** The text of a file of the repository. */
export const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The files of the repository that match, without what was installed or stored. */
export const filesOf = (...patterns: string[]) =>
	globSync(patterns, { cwd: root, exclude: ['**/node_modules', '**/.git', '**/.mercat'] }).sort()

/** The section of a document that has this title, with the sections within it. */
export function sectionOf(path: string, title: string): string {
	const section = read(path)
		.split(/^(?=## )/m)
		.find((text) => text.startsWith(`## ${title}\n`))
	if (section === undefined) throw new Error(`${path} has no section ${title}`)
	return section
}

/** The rows of all tables of a document whose first cell is this name. */
export function tableRows(markdown: string, name: string): string[] {
	return markdown.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`))
}
