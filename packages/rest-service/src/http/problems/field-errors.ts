import type { FieldError } from '@mercat/rest-api/problem'
import type { FastifyError } from 'fastify'

type ValidationError = NonNullable<FastifyError['validation']>[number]

// More than the fields of a full order: a longer list helps nobody to correct a request.
const mostErrors = 500
const longestPlace = 100

/** The places at fault in a part of a request that does not fit its schema. */
export function fieldErrors({
	validation = [],
	validationContext,
}: Pick<FastifyError, 'validation' | 'validationContext'>): FieldError[] {
	const isQuery = validationContext === 'querystring'
	return validation.slice(0, mostErrors).map((error) => {
		const pointer = pointerOf(error)
		return {
			pointer: `#${pointer}`,
			...(isQuery && { parameter: parameterIn(pointer) }),
			code: error.keyword,
			detail: detailOf(error, isQuery),
		}
	})
}

function pointerOf({ instancePath, params }: ValidationError): string {
	const place = params['missingProperty'] ?? params['additionalProperty'] ?? params['propertyName']
	return place === undefined ? instancePath : `${instancePath}/${escapePointer(String(place)).slice(0, longestPlace)}`
}

function parameterIn(pointer: string): string | undefined {
	return pointer.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~')
}

// Some texts of the validator are about the object around the place, and its text for a list of values does not name them.
function detailOf({ keyword, params: { allowedValues }, message }: ValidationError, isQuery: boolean): string {
	if (keyword === 'required') return 'is required'
	if (keyword === 'additionalProperties') return isQuery ? 'is an unknown parameter' : 'is an unknown member'
	if (Array.isArray(allowedValues)) return `must be one of ${allowedValues.join(', ')}`
	return message ?? 'is not valid'
}

// RFC 6901, section 3. Halves of surrogate pairs are replaced.
function escapePointer(key: string): string {
	return key.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')
}
