import { BadFeedError } from '../answers/bad-feed-error.ts'

/**
 * Where a redirect leads.
 *
 * @throws BadFeedError when it must not be followed
 */
export function nextUrl(from: URL, location: string | undefined): URL {
	const url = location === undefined ? null : URL.parse(location, from.href)
	if (url === null) throw new BadFeedError('a redirect without a URL')
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		throw new BadFeedError('a redirect that leads away from HTTP')
	if (from.protocol === 'https:' && url.protocol === 'http:')
		throw new BadFeedError(`a redirect from https to http (${url.host})`)
	if (url.username !== '' || url.password !== '')
		throw new BadFeedError('a redirect to a URL with a user or a password')
	url.hash = ''
	return url
}
