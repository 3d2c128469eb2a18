import pg from 'pg'

// A bigint becomes a number. A value above 2^53 - 1 is refused, because a number would round it.
function parseBigint(text: string): number {
	const value = Number(text)
	if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of the safe range: ${text}`)
	return value
}

const int8 = 20
/** How values of columns become values of JavaScript. */
export const columnTypes: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
		oid === int8
			? parseBigint
			: pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}
