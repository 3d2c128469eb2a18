import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nameOf, repeatedNames } from '@mercat/service/setting-member'
import { readSettingsList } from '@mercat/service/settings-file'
import { CommandError } from '../../command/command-error.ts'
import type { FeedSettings } from './feed-settings.ts'
import { readFeed } from './read-feed.ts'

const wrongUsage = { exitCode: 2 }

/**
 * Reads the settings of the feeds: `{ "feeds": […] }`.
 *
 * @param only the names of the feeds that are wanted; all of them, if there are none
 * @throws CommandError whose one message names every fault of the file, and no value of a variable
 */
export function readFeedsFile(path: string, env: NodeJS.ProcessEnv, only: readonly string[] = []): FeedSettings[] {
	const list = readSettingsList(path, 'feeds', 'feed')
	if ('fault' in list) throw new CommandError(list.fault, { ...wrongUsage, cause: list.cause })
	const { elements } = list
	const settingsUrl = pathToFileURL(resolve(path))
	const feeds: FeedSettings[] = []
	const faults: string[] = []
	elements.forEach((element, index) => {
		const isWanted = only.length === 0 || only.includes(nameOf(element))
		const read = readFeed(element, index, settingsUrl, isWanted ? env : undefined)
		if ('faults' in read) faults.push(...read.faults)
		else if (isWanted) feeds.push(read.feed)
	})
	const names = elements.map(nameOf)
	for (const name of repeatedNames(names)) faults.push(`feed ${name}: name must not be the name of two feeds`)
	for (const name of only.filter((name) => !names.includes(name)))
		faults.push(`there is no feed ${name}, which --only names`)
	if (faults.length > 0) throw new CommandError(`${path}: ${faults.join('; ')}`, wrongUsage)
	return feeds
}
