import { readFileSync } from 'node:fs'
import { findJsonFault } from './find-json-fault.ts'
import { isObject } from './setting-member.ts'

/**
 * Reads the elements of a settings file that has one list: `{ "feeds": […] }`. A fault is a sentence that begins with the path,
 * and quotes nothing: the file may have a secret by mistake.
 *
 * @param list the name of the list
 * @param element what an element of it is called, if the list must have one
 */
export function readSettingsList(
	path: string,
	list: string,
	element?: string,
): { elements: unknown[] } | { fault: string; cause?: unknown } {
	let text: string
	try {
		text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
	} catch (cause) {
		const isThere = (cause as NodeJS.ErrnoException).code !== 'ENOENT'
		const problem = isThere ? ' cannot be read: it must be a file that this user may read' : ': there is no such file'
		return { fault: `${path}${problem}`, cause }
	}
	let settings: unknown
	try {
		settings = JSON.parse(text)
	} catch {
		// The message of the parser quotes the text.
		const { line, column } = findJsonFault(text)
		return { fault: `${path}: must be JSON (the fault is at line ${line}, column ${column})` }
	}
	const elements = isObject(settings) ? settings[list] : undefined
	const least = element === undefined ? 0 : 1
	if (!isObject(settings) || !Array.isArray(elements) || elements.length < least || Object.keys(settings).length > 1)
		return { fault: `${path}: must be { "${list}": […] }${least === 0 ? '' : ` with one ${element} or more`}` }
	return { elements }
}
