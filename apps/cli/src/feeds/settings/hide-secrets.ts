import type { FeedSettings } from './feed-settings.ts'

// Shorter values are words of a sentence rather than credentials.
const fewestCharacters = 4
// A text may be cut in the middle of a secret, so this much of its beginning is hidden, too. A shorter secret is hidden
// where it stands alone: it may be a part of other words.
const tellingCharacters = 8

/** The settings of a feed that have its secrets, and its public names. */
export type SecretSettings = Pick<FeedSettings, 'name' | 'url' | 'urlIsSecret' | 'headers' | 'file'>

/**
 * Makes the function that takes the credentials of a feed out of a text, whatever has put them there: in any case of
 * letters, since a name of a host has lost its own, and in the form that a sku gives them.
 */
export function createHideSecrets(feed: SecretSettings): (text: string) => string {
	const secrets = [...new Set(secretsOf(feed).flatMap((secret) => [secret, asSku(secret)]))]
		.map(lowerCase)
		.filter((secret) => secret.length >= fewestCharacters)
		// The settings show these openly, and skus begin with them.
		.filter((secret) => !lowerCase(`${feed.name} ${feed.file.skuPrefix ?? ''}`).includes(secret))
		.toSorted((one, other) => other.length - one.length)
	const beginnings = secrets.filter((secret) => secret.length > tellingCharacters)
	return (text) => {
		const withoutWhole = secrets.reduce((shown, secret) => hide(shown, secret, secret.length), text)
		return beginnings.reduce((shown, secret) => hide(shown, secret, tellingCharacters), withoutWhole)
	}
}

function secretsOf({ url, urlIsSecret, headers }: SecretSettings): string[] {
	const { search, searchParams, pathname } = url
	const rawValues = search
		.slice(1)
		.split(/[&;]/)
		.map((pair) => pair.slice(pair.indexOf('=') + 1))
	const ofPath = urlIsSecret ? [pathname + search, pathname] : []
	const ofHeaders = Object.values(headers).flatMap((value) => [value, ...value.split(' '), ...basicCredentials(value)])
	return [...ofPath, search, ...rawValues, ...searchParams.values(), ...ofHeaders]
}

/** The user and the password of Basic authentication, which a source may tell decoded. */
function basicCredentials(header: string): string[] {
	const [, encoded] = /^Basic\s+(\S+)$/i.exec(header) ?? []
	if (encoded === undefined) return []
	const decoded = Buffer.from(encoded, 'base64').toString()
	return [decoded, decoded.slice(decoded.indexOf(':') + 1)]
}

/** @param fewest how many characters of the beginning of the secret are enough */
function hide(text: string, secret: string, fewest: number): string {
	const known = secret.slice(0, fewest)
	const searched = lowerCase(text)
	let shown = ''
	let from = 0
	for (let at = searched.indexOf(known); at !== -1; at = searched.indexOf(known, from)) {
		let end = at + known.length
		while (end - at < secret.length && searched[end] === secret[end - at]) end++
		const isHidden = secret.length >= tellingCharacters || !(isWord(searched[at - 1]) || isWord(searched[end]))
		shown += isHidden ? `${text.slice(from, at)}…` : text.slice(from, end)
		from = end
	}
	return shown + text.slice(from)
}

function isWord(character = ' '): boolean {
	return /[\p{L}\p{N}]/u.test(character)
}

function asSku(secret: string): string {
	return secret.replaceAll(/[^A-Za-z0-9._-]/g, '-')
}

// Only ASCII, so that each character keeps its place.
function lowerCase(text: string): string {
	return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
