import { invalidField, invalidRequest } from '../errors/invalid-request.ts'

/**
 * @param problemOf what is wrong with an item; undefined when nothing is
 * @throws GeneralError INVALID_REQUEST unless the field has 1 to `most` items, each of them right
 */
export function checkItems(
	field: string,
	values: readonly string[],
	most: number,
	problemOf: (value: string) => string | undefined,
): void {
	if (values.length < 1 || values.length > most) throw invalidField(field, `must have 1 to ${most} items`)
	const violations = values.flatMap((value, index) => {
		const description = problemOf(value)
		return description === undefined ? [] : [{ field: `${field}[${index}]`, description }]
	})
	if (violations.length > 0) throw invalidRequest(violations)
}
