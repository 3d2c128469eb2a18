import { matchesGlob, posix } from 'node:path'
import { checkImports, type Violation } from './check-imports.ts'
import { checkCircles } from './folder-circles.ts'
import { readWorkspace, type SourceFile } from './workspace.ts'

const mostFiles = 15
const mostLines = 200

const source = ['{apps,services,packages}/*/{src,scripts}/**', '{examples,scripts}/**']
const notSource = ['**/{generated,migrations,test,node_modules}/**']

export type Layout = { violations: Violation[]; figures: Record<string, string> }

/** Checks the imports, folders and sizes of a checkout, given as its files. */
export function checkLayout(files: SourceFile[]): Layout {
	const workspace = readWorkspace(files)
	const sources = files.filter(({ path }) => isSource(path))
	const folders = Map.groupBy(sources, ({ path }) => posix.dirname(path))
	const imports = checkImports(workspace)
	const circles = checkCircles(workspace, isSource)
	const crowded = crowdedFolders(folders)
	const long = longFiles(sources)

	const [largest = '', crowd = []] = [...folders].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? []
	const figures = {
		'folders of source': `${folders.size}`,
		'most files in a folder': `${crowd.length} (${largest})`,
		[`folders of more than ${mostFiles} files`]: `${crowded.length}`,
		[`files of more than ${mostLines} lines`]: `${long.length}`,
		'circles between folders': `${circles.length}`,
		'arrows upwards': `${imports.filter(({ upwards }) => upwards).length}`,
	}
	const violations = [...imports, ...circles, ...crowded, ...long].toSorted((a, b) => (a.path < b.path ? -1 : 1))
	return { violations, figures }
}

function isSource(path: string): boolean {
	const inSome = (globs: string[]) => globs.some((glob) => matchesGlob(path, glob))
	return inSome(source) && !inSome(notSource)
}

function crowdedFolders(folders: Map<string, SourceFile[]>): Violation[] {
	return [...folders]
		.filter(([, files]) => files.length > mostFiles)
		.map(([path, files]) => ({
			rule: 'folders are small',
			path,
			sentence: `${path} has ${files.length} files. A folder has at most ${mostFiles}, so that it has one reason.`,
		}))
}

function longFiles(sources: SourceFile[]): Violation[] {
	return sources
		.filter((file) => linesOf(file) > mostLines)
		.map((file) => ({
			rule: 'files are short',
			path: file.path,
			sentence: `${file.path} has ${linesOf(file)} lines. A file has at most ${mostLines}.`,
		}))
}

function linesOf({ text }: SourceFile): number {
	return text.trimEnd().split('\n').length
}
