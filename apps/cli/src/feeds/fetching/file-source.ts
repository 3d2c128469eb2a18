import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { BadFeedError } from '../answers/bad-feed-error.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import type { AttemptResult, Validators } from './fetch-result.ts'
import { saveFeed } from './save-feed.ts'

/**
 * Copies the file of a `file:` URL to `path`, so that a file that changes meanwhile is read once. Its validators are its
 * size and the time of its last change. It never rejects: each failure is a result, and none may pass by itself.
 */
export async function fetchFromFile(
	feed: FeedSettings,
	validators: Validators,
	path: string,
	signal: AbortSignal,
): Promise<AttemptResult> {
	let read = 0
	const onRead = (bytes: number) => {
		read = bytes
	}
	try {
		// Opening a pipe without a writer would wait for one.
		await using file = await open(fileURLToPath(feed.url), constants.O_RDONLY | constants.O_NONBLOCK)
		const stats = await file.stat({ bigint: true })
		if (!stats.isFile()) return { outcome: 'failed', reason: 'the URL must name a file' }
		const etag = `"${stats.size}-${stats.mtimeNs}"`
		if (etag === validators.etag) return { outcome: 'unchanged' }
		const body = file.createReadStream({ autoClose: false })
		const { bytes } = await saveFeed(body, path, { maxBytes: feed.maxBytes, onRead, signal })
		const after = await file.stat({ bigint: true })
		if (after.size !== stats.size || after.mtimeNs !== stats.mtimeNs)
			return { outcome: 'failed', reason: 'the file changed while it was read', bytes, retryAfterMs: 1_000 }
		return { outcome: 'fetched', path, bytes, validators: { etag, lastModified: '' } }
	} catch (error) {
		return { outcome: 'failed', reason: describeFileError(error), bytes: read }
	}
}

function describeFileError(error: unknown): string {
	const { code, message } = error as NodeJS.ErrnoException
	switch (code) {
		case 'ENOENT':
			return 'there is no file at this URL'
		case 'EACCES':
		case 'EPERM':
			return 'this user may not read the file'
		default:
			return error instanceof BadFeedError ? message : `the file cannot be read: ${message}`
	}
}
