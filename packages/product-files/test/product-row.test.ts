import { describe, expect, test } from 'vitest'
import { toUpsert } from '../src/product-row.ts'

const mug = { sku: 'MUG-1', title: 'Mug', price: '12.90', currency: 'EUR' }

describe('A row', () => {
	test('with only the required fields does not change the stock', () => {
		expect(toUpsert(mug, 7)).toEqual({
			rowNumber: 7,
			product: { sku: 'MUG-1', title: 'Mug', price: { currencyCode: 'EUR', amountMinor: 1290 } },
		})
	})

	test('with all fields is sent with all fields', () => {
		const details = {
			description: 'Two\nlines',
			brand: 'Lindmora',
			category: 'Home/Kitchen',
			imageUrls: ['https://example.com/mug.jpg'],
			attributes: { color: 'grey' },
		}
		expect(toUpsert({ ...mug, ...details, onHand: 0 }, 1)).toEqual({
			rowNumber: 1,
			product: { sku: 'MUG-1', title: 'Mug', price: { currencyCode: 'EUR', amountMinor: 1290 }, ...details },
			onHand: 0,
		})
	})

	test('has no member and no attribute that is null', () => {
		const nothing = { description: null, brand: null, category: null, onHand: null, imageUrls: null, attributes: null }
		expect(toUpsert({ ...mug, ...nothing }, 1)).toEqual(toUpsert(mug, 1))
		const { product } = toUpsert({ ...mug, attributes: { color: 'grey', size: null } }, 1)
		expect(product?.attributes).toEqual({ color: 'grey' })
	})

	test('is refused with a message for every wrong field', () => {
		const row = { sku: 'MUG/1', price: '1', currency: 'EUR', color: 'grey', onHand: '5', attributes: { size: 4 } }
		const problems = [
			'unknown field "color"',
			'sku must have 1 to 64 of A-Z a-z 0-9 . _ -',
			'title is required',
			'onHand must be a whole number from 0 to 2^53 - 1',
			'attributes.size must be a string',
			'the fields are sku, title, price, currency, description, brand, category, onHand, imageUrls and attributes',
		]
		expect(() => toUpsert(row, 1)).toThrow(problems.join('; '))
	})

	test.each([
		[{ ...mug, brand: 7 }, 'brand must be a string'],
		[{ ...mug, title: null }, 'title is required'],
		[{ ...mug, imageUrls: [null] }, 'imageUrls.0 must be a string'],
		[{ ...mug, color: 'grey', brand: null }, 'unknown field "color"'],
		[{ ...mug, brand: null, attributes: [null] }, 'attributes must be an object of strings'],
		[{ ...mug, attributes: JSON.parse('{"__proto__":"x","size":null}') }, 'not have the name "__proto__"'],
		[{ ...mug, title: '' }, 'title must be a string that is not empty'],
		[{ ...mug, title: 'half a \ud83d' }, 'title must be'],
		[{ ...mug, title: 'NUL \0' }, 'title must be'],
		[{ ...mug, price: true }, 'price must be a decimal string or a number'],
		[{ ...mug, price: Number.POSITIVE_INFINITY }, 'price must be'],
		[{ ...mug, currency: 978 }, 'currency must be'],
		[{ ...mug, onHand: 1.5 }, 'onHand must be'],
		[{ ...mug, onHand: -1 }, 'onHand must be'],
		[{ ...mug, onHand: 2 ** 53 }, 'onHand must be'],
		[{ ...mug, imageUrls: 'https://example.com' }, 'imageUrls must be an array of strings'],
		[{ ...mug, imageUrls: [1] }, 'imageUrls.0 must be a string'],
		[{ ...mug, attributes: [] }, 'attributes must be an object of strings'],
		[{ ...mug, attributes: JSON.parse('{"__proto__":"x"}') }, 'attributes must not have the name "__proto__"'],
		[JSON.parse('{"__proto__":{"sku":"X"}}'), 'sku is required'],
		[[], 'a row must be an object'],
		[null, 'a row must be an object'],
		['text', 'a row must be an object'],
	])('%j is refused, because %s', (row, reason) => {
		expect(() => toUpsert(row, 1)).toThrow(reason)
	})
})
