import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { Type } from '@sinclair/typebox'
import { TypeCompiler, type ValueError, ValueErrorType } from '@sinclair/typebox/compiler'
import { toAmountMinor } from './amount-minor.ts'
import { RowError } from './row-error.ts'

// Half a surrogate pair cannot be sent, and PostgreSQL stores no NUL.
const anyText = /^[^\0\p{Surrogate}]*$/u

// Each description completes "FIELD must be …".
const Text = Type.RegExp(anyText, { description: 'a string' })

const ProductRow = Type.Object(
	{
		sku: Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$', description: '1 to 64 of A-Z a-z 0-9 . _ -' }),
		title: Type.RegExp(anyText, { minLength: 1, description: 'a string that is not empty' }),
		price: Type.Union([Type.String(), Type.Number()], { description: 'a decimal string or a number' }),
		currency: Type.String({ description: 'an ISO 4217 code' }),
		description: Type.Optional(Text),
		brand: Type.Optional(Text),
		category: Type.Optional(Text),
		onHand: Type.Optional(
			Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'a whole number from 0 to 2^53 - 1' }),
		),
		imageUrls: Type.Optional(Type.Array(Text, { description: 'an array of strings' })),
		attributes: Type.Optional(
			Type.Unsafe<Record<string, string>>(
				Type.Object({}, { additionalProperties: Text, description: 'an object of strings' }),
			),
		),
	},
	{ additionalProperties: false, description: 'an object' },
)

const productRow = TypeCompiler.Compile(ProductRow)

/**
 * What the catalog is sent for one row of a file.
 *
 * @throws RowError naming every field that is missing, unknown or of the wrong type, or what is wrong with the price
 */
export function toUpsert(row: unknown, rowNumber: number): ProductUpsert {
	if (!productRow.Check(row)) throw new RowError(describeProblems([...productRow.Errors(row)]))
	const { price, currency, onHand, ...fields } = row
	checkAttributeNames(Object.keys(fields.attributes ?? {}))
	const product = { ...fields, price: { currencyCode: currency, amountMinor: toAmountMinor(price, currency) } }
	return onHand === undefined ? { rowNumber, product } : { rowNumber, product, onHand }
}

function describeProblems(errors: ValueError[]): string {
	const firstOfField = new Map(errors.toReversed().map((error) => [error.path, error]))
	return [...firstOfField.values()].toReversed().map(describeProblem).join('; ')
}

function describeProblem({ type, path, schema }: ValueError): string {
	const field = path.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')
	if (type === ValueErrorType.ObjectAdditionalProperties) return `unknown field ${JSON.stringify(field)}`
	if (type === ValueErrorType.ObjectRequiredProperty) return `${field} is missing`
	return `${field || 'a row'} must be ${schema.description}`
}

// A `__proto__` would vanish on the way: the encoder builds its maps by assignment.
function checkAttributeNames(names: string[]): void {
	const refused = names.find((name) => name === '' || name === '__proto__' || !anyText.test(name))
	if (refused !== undefined) throw new RowError(`attributes cannot have the name ${JSON.stringify(refused)}`)
}
