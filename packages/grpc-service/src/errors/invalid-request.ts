import type { FieldViolation } from '@mercat/catalog-api/errors'
import { GeneralError } from './general-error.ts'

// Trailing metadata of more than a few kilobytes endangers the connection.
const mostViolations = 20
const longestText = 200

/** The error for a request that is not valid. It names the fields at fault; its text names the first of them. */
export function invalidRequest(fieldViolations: FieldViolation[]): GeneralError {
	return new GeneralError('INVALID_REQUEST', {
		text: textOf(fieldViolations),
		fieldViolations: fieldViolations.slice(0, mostViolations),
	})
}

function textOf([first, ...others]: FieldViolation[]): string | undefined {
	if (first === undefined) return undefined
	const text = `${first.field} ${first.description}`.trim()
	const bounded = text.length > longestText ? `${text.slice(0, longestText).toWellFormed()} …` : text
	return others.length === 0 ? bounded : `${bounded} (and ${others.length} more)`
}

/** The error for a request in which one field is not valid. `description` completes a sentence after the field's name. */
export function invalidField(field: string, description: string): GeneralError {
	return invalidRequest([{ field, description }])
}
