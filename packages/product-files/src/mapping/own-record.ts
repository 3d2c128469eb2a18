/**
 * A record with the columns of our own format, which are the fields of a product and `attributes.NAME`. A column that is
 * there says something: an empty one clears its field. The values are still as the file has them.
 */
export type OwnRecord = { line: number; sku?: string } & (
	| { values: Map<string, unknown> }
	| { problem: string; rule: string }
)
