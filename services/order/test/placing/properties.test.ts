import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderOf, type Services, startServices } from '../start-services.ts'

let services: Services
let skus: string[]
beforeAll(async () => {
	services = await startServices('postgres')
	skus = [
		await services.catalog.createProduct({ onHand: 1_000_000_000 }),
		await services.catalog.createProduct({ onHand: 0 }),
	]
})
afterAll(() => services[Symbol.asyncDispose]())

// A failure shows the seed. FAST_CHECK_SEED=… repeats the run.
const seed = Number(process.env['FAST_CHECK_SEED'] ?? Date.now() % 2 ** 31)
const parameters = { seed, interruptAfterTimeLimit: 15_000 }

const text = (maxLength: number, minLength = 0) => fc.string({ unit: 'grapheme', minLength, maxLength })
const visible = (maxLength: number) => text(maxLength, 1).filter((written) => written.trim() !== '')
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const sku = () => fc.oneof(fc.constantFrom(...skus), fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/))

/** Bodies that fit the schema, for products that exist, have stock, have none, or do not exist. */
const orders = () =>
	fc.record({
		items: fc.array(
			fc.record({
				sku: sku(),
				quantity: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10_000 })),
				expectedUnitPrice: optional(
					fc.oneof(
						fc.constant({ amountMinor: 1299, currency: 'EUR' }),
						fc.record({ amountMinor: fc.maxSafeNat(), currency: fc.stringMatching(/^[A-Z]{3}$/) }),
					),
				),
			}),
			{ minLength: 1, maxLength: 5 },
		),
		shippingAddress: optional(
			fc.record({
				name: visible(40),
				line1: visible(40),
				line2: optional(text(40)),
				city: visible(40),
				region: optional(text(40)),
				postalCode: visible(10),
				country: fc.constantFrom('NL', 'US', 'XK'),
			}),
		),
		reference: optional(text(128)),
		metadata: optional(fc.dictionary(text(40, 1), text(100), { maxKeys: 20 })),
	})

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const odd = fc.oneof(
	fc.constantFrom<unknown>(null, true, -1, 0, -0, 0.5, 1e21, 2 ** 53, 2 ** 63, '', '\u0000', '\ud800', [], {}, [[]]),
	fc.jsonValue(),
	fc.string({ unit: 'binary' }),
)

/** The value with one member replaced by `what`, added or removed. */
function mutate(value: Json, path: number[], what: unknown, how: 'replace' | 'add' | 'remove'): Json {
	if (typeof value !== 'object' || value === null || path.length === 0) return what as Json
	const [first = 0, ...rest] = path
	const keys = Object.keys(value)
	if (how === 'add' && rest.length === 0) {
		return Array.isArray(value)
			? [...value, what as Json]
			: { ...value, [JSON.stringify(what).slice(0, 60)]: what as Json }
	}
	if (keys.length === 0) return what as Json
	const key = keys[first % keys.length] as string
	const copy = (Array.isArray(value) ? [...value] : { ...value }) as { [key: string]: Json }
	if (how === 'remove' && rest.length === 0) delete copy[key]
	else copy[key] = mutate(copy[key] as Json, rest, what, how)
	return copy
}

const asJson = (body: unknown) => JSON.parse(JSON.stringify(body)) as Json

// `place` itself fails for an answer that the OpenAPI document does not describe.
async function expectNoFault(body: unknown): Promise<number> {
	const { status, text: answered } = await services.place(body)
	expect(status, answered).toBeOneOf([201, 400, 409, 413, 422])
	return status
}

test('a body that fits the schema is placed or refused by a rule', async () => {
	const seen = new Set<number>()
	await fc.assert(
		fc.asyncProperty(orders(), async (body) => {
			seen.add(await expectNoFault(body))
		}),
		{ ...parameters, numRuns: 150 },
	)
	expect(seen).toContain(201)
})

test('a valid body with one odd member is placed or refused', async () => {
	const mutated = fc
		.tuple(
			orders(),
			fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
			odd,
			fc.constantFrom('replace' as const, 'add' as const, 'remove' as const),
		)
		.map(([body, path, what, how]) => mutate(asJson(body), path, what, how))
	await fc.assert(fc.asyncProperty(mutated, expectNoFaultOf), { ...parameters, numRuns: 200 })
})

test('a valid body with changed bytes is placed or refused', async () => {
	const changed = fc
		.tuple(orders(), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }))
		.map(([body, changes]) => {
			const bytes = Buffer.from(JSON.stringify(body))
			for (const [at, byte] of changes) bytes[at % bytes.length] = byte
			return bytes
		})
	await fc.assert(fc.asyncProperty(changed, expectNoFaultOf), { ...parameters, numRuns: 200 })
	expect(await services.place(orderOf(skus[0] as string))).toMatchObject({ status: 201 })
})

test('any JSON is placed or refused', async () => {
	await fc.assert(fc.asyncProperty(fc.json({ maxDepth: 8 }), expectNoFaultOf), { ...parameters, numRuns: 150 })
})

async function expectNoFaultOf(body: unknown): Promise<void> {
	await expectNoFault(body)
}
