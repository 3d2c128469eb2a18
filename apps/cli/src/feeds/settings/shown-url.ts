import type { FeedSettings } from './feed-settings.ts'

/** The address of a feed for reports and logs, without its query, which may have a credential. */
export function shownUrl({ url, urlIsSecret }: Pick<FeedSettings, 'url' | 'urlIsSecret'>): string {
	if (url.protocol === 'file:') return urlIsSecret ? 'file:…' : url.href
	if (urlIsSecret) return `${url.origin}/…`
	return `${url.origin}${url.pathname}${url.search && '?…'}`
}
