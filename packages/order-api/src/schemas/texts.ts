import { Type } from '@sinclair/typebox'

// Neither a control character nor half of a surrogate pair can be stored or shown.
const printable = '^[^\\p{Cc}\\p{Cs}]*$'
// The look-ahead comes first: searching for a visible character in between would take quadratic time.
const visible = '^(?!\\s*$)[^\\p{Cc}\\p{Cs}]*$'

/** A text of `minLength` to `maxLength` printable characters. */
export function Text(maxLength: number, minLength = 0) {
	return Type.String({ minLength, maxLength, pattern: printable })
}

/** A text of up to `maxLength` printable characters that is not blank. */
export function VisibleText(maxLength: number) {
	return Type.String({ minLength: 1, maxLength, pattern: visible })
}

/** Options of an object that refuses members of any other name. */
export const strict = { additionalProperties: false }

export const Time = Type.String({ format: 'date-time' })
