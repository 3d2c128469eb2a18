import { Type } from '@sinclair/typebox'

// Neither a control character nor half of a surrogate pair can be stored or shown.
const printable = '^[^\\p{Cc}\\p{Cs}]*$'

/** A text of `minLength` to `maxLength` printable characters. */
export function Text(maxLength: number, minLength = 0) {
	return Type.String({ minLength, maxLength, pattern: printable })
}

/** Options of an object that refuses members of any other name. */
export const strict = { additionalProperties: false }

export const Time = Type.String({ format: 'date-time' })
