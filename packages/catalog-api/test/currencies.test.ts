import currencyCodes from 'currency-codes'
import { expect, test } from 'vitest'
import { currencyDigits, majorUnits, newerCurrencies } from '../src/currencies.ts'

// List one of ISO 4217 on 1 January 2026.
const current = `
	AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF
	CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
	IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
	MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
	SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS
	VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG`
	.trim()
	.split(/\s+/)

test('every current currency of ISO 4217 is known', () => {
	expect(current).toHaveLength(178)
	expect(current.filter((code) => currencyDigits(code) === undefined)).toEqual([])
})

test('the newer currencies are exactly those that the library lacks', () => {
	const lacking = current.filter((code) => currencyCodes.code(code) === undefined)
	expect(Object.keys(newerCurrencies).sort()).toEqual(lacking)
})

test.each([
	['EUR', 2],
	['JPY', 0],
	['KWD', 3],
	['CLF', 4],
	['HUF', 2],
	['XCG', 2],
	['ANG', 2],
])('the minor unit of %s has %d decimal places', (code, digits) => {
	expect(currencyDigits(code)).toBe(digits)
})

test.each(['', 'eur', 'EURO', 'ZZZ', 'constructor'])('%j is no currency', (code) => {
	expect(currencyDigits(code)).toBeUndefined()
})

test.each([
	[0, 'EUR', '0.00'],
	[5, 'EUR', '0.05'],
	[1_290, 'EUR', '12.90'],
	[1_290, 'JPY', '1290'],
	[9_007_199_254_740_991, 'KWD', '9007199254740.991'],
])('%i minor units of %s are %s', (amountMinor, currency, text) => {
	expect(majorUnits(amountMinor, currency)).toBe(text)
})
