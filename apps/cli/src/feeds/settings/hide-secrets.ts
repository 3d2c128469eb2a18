import type { FeedSettings } from './feed-settings.ts'

// Shorter values are words of a sentence rather than credentials.
const fewestCharacters = 4

/** A text without the credentials of a feed, whatever has put them there. */
export function hideSecrets(text: string, { url, urlIsSecret, headers }: FeedSettings): string {
	const ofUrl = [url.search, ...url.searchParams.values(), ...(urlIsSecret ? [url.href, url.pathname] : [])]
	const ofHeaders = Object.values(headers).flatMap((value) => [value, ...value.split(' ')])
	const secrets = [...ofUrl, ...ofHeaders].filter((value) => value.length >= fewestCharacters)
	return secrets
		.toSorted((one, other) => other.length - one.length)
		.reduce((shown, secret) => shown.replaceAll(secret, '…'), text)
}
