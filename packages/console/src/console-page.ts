import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file of the page. Its `etag` changes with its content. */
export type PageFile = { type: string; content: Buffer; etag: string }

export type ConsolePage = {
	/** Each file that a browser may load, by its path below the page, such as `parts/html.js`. The page itself is `''`. */
	files: ReadonlyMap<string, PageFile>
	/** The digests of the scripts that stand in the page itself, as a content security policy names them. */
	inlineScripts: readonly string[]
}

const pageFolder = fileURLToPath(new URL('./page', import.meta.url))

const vendorFiles = {
	'vendor/htm.js': import.meta.resolve('htm'),
	'vendor/preact.js': import.meta.resolve('preact'),
	'vendor/preact-hooks.js': import.meta.resolve('preact/hooks'),
	'vendor/uplot.js': import.meta.resolve('uplot/dist/uPlot.esm.js'),
	'vendor/uplot.css': import.meta.resolve('uplot/dist/uPlot.min.css'),
}

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
}

/** Reads all files of the console: those of this package, and the libraries. */
export async function loadConsolePage(): Promise<ConsolePage> {
	const own = (await readdir(pageFolder, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile() && types[extname(entry.name)] !== undefined)
		.map((entry) => join(entry.parentPath, entry.name))
		.map((file): [string, string] => [file.slice(pageFolder.length + 1).replaceAll('\\', '/'), file])
	const vendor = Object.entries(vendorFiles).map(([path, url]): [string, string] => [path, fileURLToPath(url)])
	const files = new Map(await Promise.all([...own, ...vendor].map(readPageFile)))
	const page = files.get('index.html')
	if (page === undefined) throw new Error('the console has no index.html')
	files.delete('index.html')
	files.set('', page)
	return { files, inlineScripts: digestsOf(page.content.toString()) }
}

async function readPageFile([path, file]: [string, string]): Promise<[string, PageFile]> {
	const content = await readFile(file)
	const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
	return [path, { type: types[extname(path)] ?? 'application/octet-stream', content, etag }]
}

// A script without `src`, such as the import map.
const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs

function digestsOf(markup: string): string[] {
	return [...markup.matchAll(inlineScript)].map(
		([, text = '']) => `sha256-${createHash('sha256').update(text).digest('base64')}`,
	)
}
