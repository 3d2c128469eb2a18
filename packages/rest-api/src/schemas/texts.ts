import { type SchemaOptions, Type } from '@sinclair/typebox'

// Neither a control character nor half of a surrogate pair can be stored or shown.
const printable = '^[^\\p{Cc}\\p{Cs}]*$'
// The look-ahead comes first: searching for a visible character in between would take quadratic time.
const visible = '^(?!\\s*$)[^\\p{Cc}\\p{Cs}]*$'

const emptyOrVisible = '^(?!\\s+$)[^\\p{Cc}\\p{Cs}]*$'

/** A text of `minLength` to `maxLength` printable characters. */
export function Text(maxLength: number, minLength = 0, annotations: SchemaOptions = {}) {
	return Type.String({ ...annotations, minLength, maxLength, pattern: printable })
}

/** A text of up to `maxLength` printable characters that is not blank. */
export function VisibleText(maxLength: number) {
	return Type.String({ minLength: 1, maxLength, pattern: visible })
}

/** A text of up to `maxLength` printable characters that is empty or not blank. */
export function EmptyOrVisibleText(maxLength: number, annotations: SchemaOptions = {}) {
	return Type.String({ ...annotations, maxLength, pattern: emptyOrVisible })
}

/** Options of an object that refuses members of any other name. */
export const strict = { additionalProperties: false }

/** A time in RFC 3339. */
export function Time(description: string) {
	return Type.String({ format: 'date-time', description })
}

/** A time in RFC 3339, or null. */
export function NullableTime(description: string) {
	return Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description })
}

/** Any text, or null. */
export function NullableText(description: string) {
	return Type.Union([Type.String(), Type.Null()], { description })
}

/** One of the texts. */
export function OneOf<T extends string>(values: readonly T[], annotations: SchemaOptions = {}) {
	return Type.Unsafe<T>(Type.String({ enum: [...values], ...annotations }))
}
