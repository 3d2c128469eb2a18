import { expect, test } from 'vitest'
import { addressErrors } from '../../src/placing/address-errors.ts'
import { countries, countriesWithoutPostalCode } from '../../src/placing/countries.ts'

const address = { name: 'A', line1: 'B', city: 'C', postalCode: 'D', country: 'NL' }

/** The pointers and details of the errors of the address with other members. */
const errorsOf = (members: object) =>
	addressErrors({ ...address, ...members }).map(({ pointer, detail }) => [pointer, detail])

test('an order without an address, and one with a whole address, have no errors', () => {
	expect(addressErrors(undefined)).toEqual([])
	expect(addressErrors({ ...address, line2: ' ', region: '' })).toEqual([])
})

test.each([' ', '\u00a0', '\u3000 ', '\u2003'])('required texts of white space alone are missing: %j', (blank) => {
	const missing = 'is required and must not be blank'
	expect(errorsOf({ name: blank, line1: blank, city: blank, postalCode: blank })).toEqual([
		['#/shippingAddress/name', missing],
		['#/shippingAddress/line1', missing],
		['#/shippingAddress/city', missing],
		['#/shippingAddress/postalCode', missing],
	])
})

test.each(['ZZ', 'AA', 'XX', 'EU', 'AN', 'SU', 'YU'])('%s is no country', (country) => {
	expect(errorsOf({ country })).toEqual([['#/shippingAddress/country', 'must be a code of ISO 3166-1 alpha-2, or XK']])
})

test.each([
	['UK', 'GB', 'the United Kingdom'],
	['EL', 'GR', 'Greece'],
])('an address in %s is told %s', (country, code, name) => {
	expect(errorsOf({ country })).toEqual([
		['#/shippingAddress/country', `must be ${code}, the code of ISO 3166-1 for ${name}`],
	])
	expect(errorsOf({ country: code })).toEqual([])
})

test('an address needs a postal code only in countries that have them', () => {
	for (const country of ['AE', 'HK', 'QA', 'ZW']) {
		for (const postalCode of [undefined, '', ' ', '00000']) expect(errorsOf({ country, postalCode })).toEqual([])
	}
	for (const country of ['NL', 'US', 'GB', 'XK']) {
		expect(errorsOf({ country, postalCode: undefined })).toEqual([
			['#/shippingAddress/postalCode', 'is required and must not be blank'],
		])
	}
	expect([...countriesWithoutPostalCode].filter((code) => !countries.has(code))).toEqual([])
})

// ICU names every region that ever had a code, some that ISO 3166-1 reserves, and some of its own.
const noCountries = 'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB YD YU ZR ZZ'.split(
	' ',
)

test('the countries are all regions that Unicode knows, without the withdrawn, the reserved and the made-up ones', () => {
	const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
	const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
	const named = letters.flatMap((one) => letters.map((two) => one + two)).filter((code) => names.of(code))
	expect([...countries].sort()).toEqual(named.filter((code) => !noCountries.includes(code)))
	expect(countries.size).toBe(250)
})
