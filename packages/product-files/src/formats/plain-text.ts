import { Parser } from 'htmlparser2'

const anyTag = /<[a-z!/][^>]*>/i
const anyReference = /&(?:#\d|#x[\da-f]|[a-z]+;)/i

// Elements that begin a new line. A paragraph and what is like it stands between empty lines.
const lines = new Set('div li tr dt dd section article header footer table ul ol dl form hr'.split(' '))
const paragraphs = new Set('p h1 h2 h3 h4 h5 h6 blockquote pre'.split(' '))
const unread = new Set('script style template noscript iframe svg head'.split(' '))

/**
 * The text of HTML as a reader would see it: without tags, entities decoded, white space as a browser shows it. A text
 * without tags keeps its line breaks.
 */
export function toPlainText(html: string): string {
	if (!anyTag.test(html)) return (anyReference.test(html) ? decodeText(html) : html).trim()
	return readHtml(html)
}

function decodeText(html: string): string {
	let text = ''
	const parser = new Parser({
		ontext: (part) => {
			text += part
		},
	})
	parser.end(html)
	return text
}

function readHtml(html: string): string {
	const text = createLines()
	let unreadDepth = 0
	// One entry for each open element: whether its white space counts.
	const keepsSpace: boolean[] = []
	const parser = new Parser({
		onopentag: (name, { style = '' }) => {
			keepsSpace.push(name === 'pre' || /white-space:\s*pre/i.test(style) || keepsSpace.at(-1) === true)
			if (unread.has(name)) unreadDepth++
			else if (name === 'br') text.breakLine()
			else if (paragraphs.has(name)) text.endParagraph()
			else if (lines.has(name)) text.endLine()
			else if (name === 'td' || name === 'th') text.add(' ')
		},
		onclosetag: (name) => {
			keepsSpace.pop()
			if (unread.has(name)) unreadDepth--
			else if (paragraphs.has(name)) text.endParagraph()
			else if (lines.has(name)) text.endLine()
		},
		ontext: (part) => {
			if (unreadDepth > 0) return
			if (keepsSpace.at(-1) === true) text.addAsItIs(part)
			else text.add(part.replaceAll(/[ \t\r\n\f]+/g, ' '))
		},
	})
	parser.end(html)
	return text.toText()
}

function createLines() {
	const done: string[] = []
	let line = ''
	const endLine = () => {
		if (line.trim() !== '') done.push(line.trimEnd())
		line = ''
	}
	return {
		add: (part: string) => {
			line += line === '' || line.endsWith(' ') ? part.trimStart() : part
		},
		addAsItIs: (part: string) => {
			line += part
		},
		endLine,
		breakLine: () => {
			done.push(line.trimEnd())
			line = ''
		},
		endParagraph: () => {
			endLine()
			if (done.at(-1) !== '') done.push('')
		},
		toText: () => {
			endLine()
			return done.join('\n').trim()
		},
	}
}
