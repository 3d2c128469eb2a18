import { decodeHTMLStrict } from 'entities'

/** Makes XML of a text that comes in blocks. */
export type ReferenceMender = {
	/** The next block, but for the characters at its end whose meaning the block after it tells. */
	mend(block: string): string
	/** The characters that are left at the end of the document. */
	end(): string
}

const reference = /&(?:#\d{1,9}|#[xX][\da-fA-F]{1,8}|([a-zA-Z][a-zA-Z\d]{0,31}));/y
const beginOfReference = /^&(?:#\d{0,9}|#[xX][\da-fA-F]{0,8}|[a-zA-Z][a-zA-Z\d]{0,31})?$/
const ofXml = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])
const inMarkup = /&|<!\[CDATA\[|<!--/g
// The longest reference is `&`, 32 characters and `;`.
const longestBegin = 33

/**
 * Mends the references of XML as browsers do, because real feeds have addresses such as `?v=1&width=2`: an `&` that begins
 * no reference is a character, and the names of HTML, such as `&nbsp;`, are their characters. A name that nobody knows stays,
 * for the parser to refuse. CDATA and comments stay as they are.
 */
export function createReferenceMender(): ReferenceMender {
	let rest = ''
	/** The end of the CDATA section or comment that is open. */
	let closing: ']]>' | '-->' | undefined

	function take(text: string, isEnd: boolean): string {
		let mended = ''
		let at = 0
		while (at < text.length) {
			if (closing !== undefined) {
				const end = text.indexOf(closing, at)
				if (end === -1) break
				mended += text.slice(at, end + closing.length)
				at = end + closing.length
				closing = undefined
				continue
			}
			inMarkup.lastIndex = at
			const found = inMarkup.exec(text)
			if (found === null) break
			mended += text.slice(at, found.index)
			at = found.index
			if (found[0] === '&') {
				const given = referenceAt(text, at)
				if (given === '' && !isEnd && beginOfReference.test(text.slice(at, at + longestBegin + 1))) break
				mended += given === '' ? '&amp;' : toXml(given)
				at += given.length || 1
			} else {
				closing = found[0] === '<!--' ? '-->' : ']]>'
				mended += found[0]
				at += found[0].length
			}
		}
		const left = text.slice(at)
		const kept = isEnd ? 0 : keptLength(left, closing)
		rest = left.slice(left.length - kept)
		return mended + left.slice(0, left.length - kept)
	}

	return { mend: (block) => take(rest + block, false), end: () => take(rest, true) }
}

function referenceAt(text: string, at: number): string {
	reference.lastIndex = at
	return reference.exec(text)?.[0] ?? ''
}

function toXml(given: string): string {
	const name = given.slice(1, -1)
	if (name.startsWith('#') || ofXml.has(name)) return given
	const characters = decodeHTMLStrict(given)
	// `&LT;` of HTML is a character, too, and it is no markup.
	return characters.replaceAll(/[<>"']|&(?!\w+;$)/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** How many characters at the end of a text may begin a token that the next block completes. */
function keptLength(text: string, closing: string | undefined): number {
	if (closing === undefined && text.startsWith('&')) return text.length
	const tokens = closing === undefined ? ['<![CDATA[', '<!--'] : [closing]
	for (let length = Math.min(8, text.length); length > 0; length--) {
		const end = text.slice(text.length - length)
		if (tokens.some((token) => token.length > length && token.startsWith(end))) return length
	}
	return 0
}
