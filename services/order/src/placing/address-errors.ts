import type { ShippingAddress } from '@mercat/order-api/shipping-address'
import type { FieldError } from '@mercat/rest-api/problem'
import { countries, countriesWithoutPostalCode, mistakenCountries } from './countries.ts'

/**
 * What is wrong with an address that fits the schema: required texts that are blank or missing, and a country that does not
 * exist. A text of white space is blank.
 */
export function addressErrors(address: ShippingAddress | undefined): FieldError[] {
	if (address === undefined) return []
	const { name, line1, city, postalCode, country } = address
	const required = { name, line1, city, ...(!countriesWithoutPostalCode.has(country) && { postalCode }) }
	const errors: FieldError[] = []
	for (const [field, text = ''] of Object.entries(required)) {
		if (text.trim() === '') {
			errors.push({ pointer: pointerTo(field), code: 'required', detail: 'is required and must not be blank' })
		}
	}
	if (!countries.has(country)) {
		errors.push({ pointer: pointerTo('country'), code: 'country', detail: countryDetail(country) })
	}
	return errors
}

function pointerTo(field: string): string {
	return `#/shippingAddress/${field}`
}

function countryDetail(country: string): string {
	const meant = mistakenCountries[country]
	return meant === undefined
		? 'must be a code of ISO 3166-1 alpha-2, or XK'
		: `must be ${meant.code}, the code of ISO 3166-1 for ${meant.name}`
}
