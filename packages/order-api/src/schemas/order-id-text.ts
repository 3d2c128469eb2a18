import { Type } from '@sinclair/typebox'

/** The id of an order in a query or a body. The format alone permits `urn:uuid:` before it, which the database does not take. */
export function OrderIdText(description: string) {
	return Type.String({ format: 'uuid', maxLength: 36, description })
}
