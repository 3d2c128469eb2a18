import { nameOf, repeatedNames } from '@mercat/service/setting-member'
import { readSettingsList } from '@mercat/service/settings-file'
import { readSource } from './read-source.ts'
import type { SourceSettings } from './source-settings.ts'

/**
 * Reads the settings of the sources: `{ "sources": […] }`. Each fault is a sentence that names the path, and no value of a
 * variable.
 */
export function readSourcesFile(
	path: string,
	env: NodeJS.ProcessEnv,
): { sources: SourceSettings[] } | { faults: string[] } {
	const list = readSettingsList(path, 'sources')
	if ('fault' in list) return { faults: [list.fault] }
	const sources: SourceSettings[] = []
	const faults: string[] = []
	list.elements.forEach((element, index) => {
		const read = readSource(element, index, env)
		if ('faults' in read) faults.push(...read.faults)
		else sources.push(read.source)
	})
	for (const name of repeatedNames(list.elements.map(nameOf)))
		faults.push(`source ${name}: name must not be the name of two sources`)
	return faults.length > 0 ? { faults: faults.map((fault) => `${path}: ${fault}`) } : { sources }
}
