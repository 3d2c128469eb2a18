import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CommandError } from '../../command/command-error.ts'
import { isObject } from './feed-members.ts'
import type { FeedSettings } from './feed-settings.ts'
import { findJsonFault } from './find-json-fault.ts'
import { readFeed } from './read-feed.ts'

const wrongUsage = { exitCode: 2 }

/**
 * Reads the settings of the feeds: `{ "feeds": […] }`.
 *
 * @param only the names of the feeds that are wanted; all of them, if there are none
 * @throws CommandError whose one message names every fault of the file, and no value of a variable
 */
export function readFeedsFile(path: string, env: NodeJS.ProcessEnv, only: readonly string[] = []): FeedSettings[] {
	const elements = readElements(path)
	const settingsUrl = pathToFileURL(resolve(path))
	const feeds: FeedSettings[] = []
	const faults: string[] = []
	elements.forEach((element, index) => {
		const isWanted = only.length === 0 || only.includes(nameOf(element))
		const read = readFeed(element, index, settingsUrl, isWanted ? env : undefined)
		if ('faults' in read) faults.push(...read.faults)
		else if (isWanted) feeds.push(read.feed)
	})
	for (const name of repeatedNames(elements)) faults.push(`feed ${name}: name must not be the name of two feeds`)
	const names = elements.map(nameOf)
	for (const name of only.filter((name) => !names.includes(name)))
		faults.push(`there is no feed ${name}, which --only names`)
	if (faults.length > 0) throw new CommandError(`${path}: ${faults.join('; ')}`, wrongUsage)
	return feeds
}

function readElements(path: string): unknown[] {
	const settings = parse(path, readText(path))
	const feeds = isObject(settings) ? settings['feeds'] : undefined
	if (!isObject(settings) || !Array.isArray(feeds) || feeds.length === 0 || Object.keys(settings).length > 1)
		throw new CommandError(`${path}: must be { "feeds": […] } with one feed or more`, wrongUsage)
	return feeds
}

function readText(path: string): string {
	try {
		return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
	} catch (error) {
		const isThere = (error as NodeJS.ErrnoException).code !== 'ENOENT'
		const problem = isThere ? 'cannot be read: it must be a file that this user may read' : 'there is no such file'
		throw new CommandError(`${path}${isThere ? '' : ':'} ${problem}`, { ...wrongUsage, cause: error })
	}
}

function parse(path: string, text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		// The message of the parser quotes the text, which may have a secret by mistake.
		const { line, column } = findJsonFault(text)
		throw new CommandError(`${path}: must be JSON (the fault is at line ${line}, column ${column})`, wrongUsage)
	}
}

function repeatedNames(elements: unknown[]): Set<string> {
	const names = elements.map(nameOf).filter((name) => name !== '')
	return new Set(names.filter((name, index) => names.indexOf(name) !== index))
}

/** The name that an element of `feeds` gives, or an empty text. */
function nameOf(element: unknown): string {
	return isObject(element) && typeof element['name'] === 'string' ? element['name'] : ''
}
