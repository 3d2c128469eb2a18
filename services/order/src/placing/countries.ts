/** The codes of ISO 3166-1 alpha-2, and `XK`, which carriers, the EU and Unicode CLDR use for Kosovo. */
export const countries: ReadonlySet<string> = codes(`
	AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
	CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
	GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
	KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
	NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
	SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
	VN VU WF WS XK YE YT ZA ZM ZW`)

/**
 * Countries in which an address needs no postal code: there is none, or mail is delivered without it. The authority is the
 * guide of the Universal Postal Union ("Postal addressing systems in member countries"). The list is lenient: it includes
 * countries whose codes are hardly used, such as Bolivia, Ghana and Jamaica.
 */
export const countriesWithoutPostalCode: ReadonlySet<string> = codes(`
	AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK JM KI KM KN KP LC LY ML MO MR
	MW NR NU QA RW SB SC SL SR ST SX SY TD TF TG TK TL TO TV UG VU YE ZW`)

/** The codes of countries that are often written otherwise: the reserved `UK`, and `EL` of the European Union. */
export const mistakenCountries: { readonly [code: string]: { code: string; name: string } | undefined } = {
	UK: { code: 'GB', name: 'the United Kingdom' },
	EL: { code: 'GR', name: 'Greece' },
}

function codes(list: string): Set<string> {
	return new Set(list.trim().split(/\s+/))
}
