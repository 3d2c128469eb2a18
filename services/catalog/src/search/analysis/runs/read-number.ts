import { cut } from '../words/fold-word.ts'
import { classAt, letterClasses } from '../words/letter-classes.ts'

export type NumberRead = {
	/** `1.5` for `1,5`; the digits alone where signs between digits are no decimal point. */
	text: string
	/** Other ways to write the number: `1.5` for `1.50`, `1000` for `1,000`. */
	others: string[]
	end: number
}

/** Reads the number that begins at a digit of a run, or at its decimal point. */
export function readNumber(run: string, start: number): NumberRead {
	signedDigits.lastIndex = start
	const signed = continuesNumber(run, start) ? undefined : signedDigits.exec(run)?.[0]
	if (signed === undefined) return digitsAlone(run, start)
	const number = decimal(signed.startsWith('.') ? `0${signed}` : signed)
	return number === undefined ? digitsAlone(run, start) : { ...number, end: start + signed.length }
}

const signedDigits = /(?:\d+|(?=\.))(?:[.,]\d+)+/y

// The parts of a date or a version are numbers of their own.
function continuesNumber(run: string, start: number): boolean {
	return /\d/.test(run[start - 2] ?? '') && /[.,]/.test(run[start - 1] ?? '')
}

function digitsAlone(run: string, start: number): NumberRead {
	let end = start + 1
	while (classAt(run, end) === letterClasses.digit) end += 1
	return { text: cut(run.slice(start, end)), others: [], end }
}

/** A number with one decimal point, with points between thousands, or with both; `undefined` for dates and versions. */
function decimal(signed: string): { text: string; others: string[] } | undefined {
	if (signed.length > longestNumber) return undefined
	const one = /^(\d+)[.,](\d+)$/.exec(signed)
	if (one !== null) {
		const [, whole = '', fraction = ''] = one
		const text = `${whole}.${fraction}`
		// `1,000` is a thousand for some and one for others.
		if (fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole)) return { text, others: [whole + fraction] }
		const shortest = text.replace(/\.?0+$/, '')
		return { text, others: shortest === text ? [] : [shortest] }
	}
	const many = /^(\d{1,3})((?:,\d{3})+)(\.\d+)?$/.exec(signed) ?? /^(\d{1,3})((?:\.\d{3})+)(,\d+)?$/.exec(signed)
	if (many === null) return undefined
	const [, first = '', thousands = '', fraction = ''] = many
	return { text: first + thousands.replace(/[.,]/g, '') + fraction.replace(',', '.'), others: [] }
}

const longestNumber = 32
