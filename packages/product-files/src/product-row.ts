import { largestAmount } from '@mercat/catalog-api/amounts'
import { skuPattern, skuRule } from '@mercat/catalog-api/identifiers'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { Type } from '@sinclair/typebox'
import { TypeCompiler, type ValueError, ValueErrorType } from '@sinclair/typebox/compiler'
import { toAmountMinor } from './amount-minor.ts'
import { optionalFields, requiredFields } from './product-fields.ts'
import { RowError } from './row-error.ts'

// UTF-8 cannot encode half a surrogate pair, and PostgreSQL cannot store a NUL.
const anyText = /^[^\0\p{Surrogate}]*$/u

// Each description completes a message that begins with the name of the field.
const Text = Type.RegExp(anyText, { description: 'must be a string' })

const ProductRow = Type.Object(
	{
		sku: Type.String({ pattern: skuPattern, description: `must have ${skuRule}` }),
		title: Type.RegExp(anyText, { minLength: 1, description: 'must be a string that is not empty' }),
		price: Type.Union([Type.String(), Type.Number()], { description: 'must be a decimal string or a number' }),
		currency: Type.String({ description: 'must be an ISO 4217 code' }),
		description: Type.Optional(Text),
		brand: Type.Optional(Text),
		category: Type.Optional(Text),
		onHand: Type.Optional(
			Type.Integer({ minimum: 0, maximum: largestAmount, description: 'must be a whole number from 0 to 2^53 - 1' }),
		),
		imageUrls: Type.Optional(Type.Array(Text, { description: 'must be an array of strings' })),
		attributes: Type.Optional(
			Type.Unsafe<Record<string, string>>(
				Type.Object({}, { additionalProperties: Text, description: 'must be an object of strings' }),
			),
		),
	},
	{ additionalProperties: false, description: 'must be an object' },
)

const productRow = TypeCompiler.Compile(ProductRow)

/**
 * Converts one row of a file to the message for the catalog. A member or an attribute that is null is absent.
 *
 * @throws RowError that names every missing, unknown or wrong field, or the problem with the price
 */
export function toUpsert(row: unknown, rowNumber: number): ProductUpsert {
	const present = productRow.Check(row) ? row : withoutNulls(row)
	if (!productRow.Check(present)) throw new RowError(describeProblems([...productRow.Errors(present)]))
	const { price, currency, onHand, ...fields } = present
	checkAttributeNames(Object.keys(fields.attributes ?? {}))
	const product = { ...fields, price: { currencyCode: currency, amountMinor: toAmountMinor(price, currency) } }
	return onHand === undefined ? { rowNumber, product } : { rowNumber, product, onHand }
}

function withoutNulls(row: unknown): unknown {
	if (!isObject(row)) return row
	const { attributes } = row
	return presentMembers(isObject(attributes) ? { ...row, attributes: presentMembers(attributes) } : row)
}

function isObject(value: unknown): value is object & { attributes?: unknown } {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function presentMembers(object: object): object {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
}

const fieldsRule = `the fields are ${[...requiredFields, ...optionalFields].join(', ')} and attributes`

function describeProblems(errors: ValueError[]): string {
	const firstOfField = new Map(errors.toReversed().map((error) => [error.path, error]))
	const problems = [...firstOfField.values()].toReversed()
	const hasUnknown = problems.some(({ type }) => type === ValueErrorType.ObjectAdditionalProperties)
	return [...problems.map(describeProblem), ...(hasUnknown ? [fieldsRule] : [])].join('; ')
}

function describeProblem({ type, path, schema }: ValueError): string {
	const field = path.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')
	if (type === ValueErrorType.ObjectAdditionalProperties) return `unknown field ${JSON.stringify(field)}`
	if (type === ValueErrorType.ObjectRequiredProperty) return `${field} is required`
	return `${field || 'a row'} ${schema.description}`
}

// The encoder builds maps by assignment, so an attribute named `__proto__` would be lost.
function checkAttributeNames(names: string[]): void {
	const refused = names.find((name) => name === '' || name === '__proto__' || !anyText.test(name))
	if (refused !== undefined) throw new RowError(`attributes must not have the name ${JSON.stringify(refused)}`)
}
