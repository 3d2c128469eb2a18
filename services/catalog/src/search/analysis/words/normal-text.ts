const plainCharacters: Record<string, string> = {
	// Unicode would make letters of these signs.
	'™': '!',
	'℠': '!',
	'®': '!',
	'©': '!',
	µ: 'u',
	'×': 'x',
	'½': ' 1/2',
	'⅓': ' 1/3',
	'⅔': ' 2/3',
	'¼': ' 1/4',
	'¾': ' 3/4',
	'⅛': ' 1/8',
	'⅜': ' 3/8',
	'⅝': ' 5/8',
	'⅞': ' 7/8',
	'″': '"',
	'“': '"',
	'”': '"',
	'„': '"',
	'‟': '"',
	'«': '"',
	'»': '"',
	'’': "'",
	'‘': "'",
	ʼ: "'",
	'′': "'",
	'‛': "'",
	'´': "'",
	'＇': "'",
	'‐': '-',
	'‑': '-',
	'‒': '-',
	'–': '-',
	'−': '-',
	'⁄': '/',
}
const plainCharacter = new RegExp(`[${Object.keys(plainCharacters).join('')}]`, 'g')

// Soft hyphens, spaces of no width, joiners, marks of direction and selectors of glyphs are no part of a word.
// biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters are meant.
const invisible = /[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/g

// The zeros of the scripts that have ten digits of their own.
const zeros = [
	0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
	0x1040, 0x1090, 0x17e0, 0x1810,
]
const foreignDigit = new RegExp(
	`[${zeros.map((zero) => `${String.fromCharCode(zero)}-${String.fromCharCode(zero + 9)}`).join('')}]`,
	'g',
)

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that need no work.
const plain = /^[\u0000-\u007f]*$/

/**
 * The text in one form of Unicode (NFKC), with plain quotes, dashes and digits. Capitals and accents stay, because the borders
 * inside words follow from capitals.
 */
export function normalText(text: string): string {
	if (plain.test(text)) return text
	return text
		.normalize('NFC')
		.replace(plainCharacter, (character) => plainCharacters[character] ?? ' ')
		.normalize('NFKC')
		.replace(invisible, '')
		.replace(foreignDigit, plainDigit)
}

function plainDigit(digit: string): string {
	const unit = digit.charCodeAt(0)
	const zero = zeros.find((first) => unit >= first && unit < first + 10) ?? unit
	return String(unit - zero)
}
