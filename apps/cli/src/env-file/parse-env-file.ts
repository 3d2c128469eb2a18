import { CommandError } from '../command/command-error.ts'

const blank = /[^\S\n]*(#[^\n]*)?(\n|$)/y
const nameAndSign = /[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_]\w*)[^\S\n]*=[^\S\n]*/y
const singleQuoted = /'([^']*)'/y
const doubleQuoted = /"((?:[^"\\]|\\.)*)"/sy
const bare = /[^\n]*/y

const rules = {
	line: 'must be NAME=VALUE, or a comment that begins with #',
	quote: 'the quote is never closed',
	dollar: 'a $ must be in single quotes, because Docker compose replaces $NAME in any other value',
	backslash: 'a backslash in double quotes must have n, t, ", \\ or $ after it',
	rest: 'something follows the closing quote',
	hash: 'a value that begins with # must be in quotes',
}

/**
 * Reads the text of a file `.env` as Docker compose does. Text that compose reads in another way, such as variables in
 * values, is refused.
 *
 * @throws CommandError that names the line, and never a value
 */
export function parseEnvFile(text: string, path: string): Record<string, string> {
	const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
	const values: Record<string, string> = {}
	let at = 0

	const take = (form: RegExp): RegExpExecArray | undefined => {
		form.lastIndex = at
		const match = form.exec(source)
		if (match === null) return undefined
		at = form.lastIndex
		return match
	}
	const fault = (rule: keyof typeof rules): CommandError =>
		new CommandError(`${path}, line ${source.slice(0, at).split('\n').length}: ${rules[rule]}`)

	function takeValue(): string {
		switch (source[at]) {
			case "'":
				return quoted(take(singleQuoted))
			case '"': {
				const start = at
				const value = quoted(take(doubleQuoted))
				if (withoutEscapes(value).includes('\\')) throw faultAt(start, 'backslash')
				if (withoutEscapes(value).includes('$')) throw faultAt(start, 'dollar')
				return value.replaceAll(/\\([nt"\\$])/g, (_escape, character: string) => escapes[character] ?? character)
			}
			case '#':
				throw fault('hash')
			default: {
				const start = at
				const value = (take(bare)?.[0] ?? '').replace(/\s#.*$/, '').trimEnd()
				if (value.includes('$')) throw faultAt(start, 'dollar')
				return value
			}
		}
	}

	function faultAt(position: number, rule: keyof typeof rules): CommandError {
		at = position
		return fault(rule)
	}

	function quoted(match: RegExpExecArray | undefined): string {
		if (match === undefined) throw fault('quote')
		return match[1] as string
	}

	while (at < source.length) {
		if (take(blank)) continue
		const name = take(nameAndSign)?.[1]
		if (name === undefined) throw fault('line')
		values[name] = takeValue()
		if (!take(blank)) throw fault('rest')
	}
	return values
}

const escapes: { [character: string]: string | undefined } = { n: '\n', t: '\t' }

function withoutEscapes(text: string): string {
	return text.replaceAll(/\\[nt"\\$]/g, '')
}
