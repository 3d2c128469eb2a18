import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectInvalid } from '../expect-invalid.ts'
import { orderOf, type Services, startServices } from '../start-services.ts'

let services: Services
let sku: string
beforeAll(async () => {
	services = await startServices('postgres')
	sku = await services.catalog.createProduct({ onHand: 1_000_000 })
})
afterAll(() => services[Symbol.asyncDispose]())

const expectRefused = (body: unknown, ...pointers: string[]) => expectInvalid(services.place(body), ...pointers)

const address = { name: 'A', line1: 'B', city: 'C', postalCode: 'D', country: 'NL' }

describe('texts of an order', () => {
	test.each(['\u0000', 'a\u0000b', '\u001f', '\u007f', '\u0085', '\n', '\ud800', 'a\udc00b', '\udc00\ud800'])(
		'a text with a control character or half a surrogate pair is refused: %j',
		async (text) => {
			await expectRefused({ ...orderOf(sku), reference: text }, '#/reference')
			await expectRefused({ ...orderOf(sku), metadata: { k: text } }, '#/metadata/k')
			await expectRefused({ ...orderOf(sku), shippingAddress: { ...address, city: text } }, '#/shippingAddress/city')
			const answer = await services.place({ ...orderOf(sku), metadata: { [text]: 'v' } })
			expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
			expect(answer.body.errors[0].pointer).toMatch(/^#\/metadata\//)
		},
	)

	test.each([
		'漢字',
		'👩‍👩‍👧‍👦',
		'e\u0301',
		'\u202eabc',
		'ﷺ',
		'\ufeff',
		'\uffff',
		"'; drop table orders;--",
		'<script>',
		'\\u0000',
		'{{7*7}}',
		'$1',
	])('any other text comes back unchanged: %j', async (text) => {
		const details = {
			reference: text,
			metadata: { [text]: text },
			shippingAddress: { ...address, name: `A ${text}`, line1: `B ${text}` },
		}
		const { status, body } = await services.place({ ...orderOf(sku), ...details })
		expect(status).toBe(201)
		expect(body).toMatchObject(details)
	})

	test('texts are limited to the lengths of the contract, in characters', async () => {
		const at = (length: number) => '🍵'.repeat(length)
		const fits = {
			...orderOf(sku),
			reference: at(128),
			metadata: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${at(38)}${i + 10}`, at(500)])),
			shippingAddress: { ...address, name: at(200), line1: at(200), line2: at(200), city: at(200), region: at(200) },
		}
		expect(await services.place(fits)).toMatchObject({ status: 201, body: { metadata: fits.metadata } })
		await expectRefused({ ...fits, reference: at(129) }, '#/reference')
		await expectRefused({ ...fits, metadata: { ...fits.metadata, one: 'more' } }, '#/metadata')
		await expectRefused({ ...orderOf(sku), metadata: { k: at(501) } }, '#/metadata/k')
		await expectRefused({ ...orderOf(sku), metadata: { '': 'v' } }, '#/metadata/')
		await expectRefused({ ...orderOf(sku), metadata: { ['k'.repeat(41)]: 'v' } }, `#/metadata/${'k'.repeat(41)}`)
		await expectRefused({ ...orderOf(sku), shippingAddress: { ...address, name: at(201) } }, '#/shippingAddress/name')
		await expectRefused({ ...orderOf(sku), shippingAddress: { ...address, name: '' } }, '#/shippingAddress/name')
	})

	test.each([
		['metadata that is no object', { metadata: [] }, '#/metadata'],
		['metadata of other than text', { metadata: { k: 1 } }, '#/metadata/k'],
		['a reference that is no text', { reference: null }, '#/reference'],
		['an address without city', { shippingAddress: { ...address, city: undefined } }, '#/shippingAddress/city'],
		['a country in full', { shippingAddress: { ...address, country: 'Netherlands' } }, '#/shippingAddress/country'],
		['a country in small letters', { shippingAddress: { ...address, country: 'nl' } }, '#/shippingAddress/country'],
		['a country that does not exist', { shippingAddress: { ...address, country: 'ZZ' } }, '#/shippingAddress/country'],
		['a blank city', { shippingAddress: { ...address, city: ' ' } }, '#/shippingAddress/city'],
		['no postal code', { shippingAddress: { ...address, postalCode: undefined } }, '#/shippingAddress/postalCode'],
	])('an order with %s is refused', (_what, details, pointer) =>
		expectRefused({ ...orderOf(sku), ...details }, pointer),
	)

	test('an order to a country without postal codes comes back without one', async () => {
		const { postalCode: _none, ...shippingAddress } = { ...address, country: 'AE' }
		const { status, body } = await services.place({ ...orderOf(sku), shippingAddress })
		expect([status, body.shippingAddress]).toEqual([201, shippingAddress])
	})
})
