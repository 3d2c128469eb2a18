import { engines } from '@mercat/testing/test-database'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { product, upserts } from '../start-catalog.ts'

const queries = [
	...["'", '"', '""', '"""', '`', '\\', '\\\\', '\\0', '%', '%%', '_', '*', '**', '?', '#', '$$', '$1', '::text', ';'],
	...['--', '-- comment', '/* */', '/*', "' or '1'='1", "'; drop table product; --", '" or ""="', ') or (1=1', 'null'],
	...['a & b', 'a | b', '!a', '!(a & b)', 'a <-> b', 'a <2> b', 'a:*', ':*', 'a:ABCD', '( ( (', '() & ()', "a:'b'"],
	...[
		'+a',
		'-a',
		'--a',
		'- a',
		'-"a b"',
		'-"',
		'"a -b',
		'a AND',
		'NOT',
		'OR OR',
		'a~',
		'a^2',
		'[a TO b]',
		'{a}',
		'a:b',
	],
	...[
		'undefined',
		'true',
		'NaN',
		'Infinity',
		'-1',
		'1e309',
		'0x0',
		'1.7976931348623157e308',
		'00',
		'1,000.00',
		'½',
		'٣',
		'①',
	],
	...['<script>alert(1)</script>', `\${1+1}`, '{{7*7}}', '%s%d%n', '../../etc/passwd', 'file:///etc', 'javascript:0'],
	...[
		'\u0000',
		'a\u0000b',
		'\u0007',
		'\t',
		'\n',
		'\r\n',
		'\u00a0',
		'\u200b',
		'\ufeff',
		'\u2028',
		'\u202e',
		'\u00ad',
		'\ufffe',
	],
	...['\ud800', 'a\udc00', '\ud83c', '\ud83c\udf75', '👩‍👩‍👧‍👦', '🏳️‍🌈', '1️⃣', '🇩🇪', '𝔘𝔫𝔦𝔠𝔬𝔡𝔢', '𠜎𠜱'],
	...['ﷺ', 'ا', 'مُحَمَّد', 'עברית', 'مرحبا mug שלום', '\u202emug\u202c', '\u2066mug', 'ﬁ', 'İ', 'ı', 'ẞ', 'ŉ', 'ǆ'],
	...['田中さん', 'ｶﾞｷﾞ', '사회과학원', 'ภาษาไทย', 'ខ្មែរ', 'မြန်မာ', 'ລາວ', 'हिन्दी', 'Z̮̞̠͙͔ͅḀ̗̞͈̻̗', '͡° ͜ʖ ͡°', 'Ω≈ç√∫˜µ≤≥÷'],
	...[
		'the',
		'the of and',
		'und der die das',
		'de la',
		'...',
		'!!!',
		'?!',
		'.',
		'-',
		'—',
		'( )',
		'0',
		'a',
		'ß',
		"l'",
		"'s",
		'C++',
	],
	...[
		'x'.repeat(10_000),
		'👍'.repeat(5_000),
		'a '.repeat(5_000),
		'-'.repeat(10_000),
		'"'.repeat(10_000),
		'连'.repeat(10_000),
	],
	...[
		`${'a-'.repeat(5_000)}`,
		`${'1.'.repeat(5_000)}`,
		'é'.repeat(10_000),
		'\u0301'.repeat(10_000),
		'ก'.repeat(10_000),
	],
]

describe.each(engines)('a search on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	beforeAll(async () => {
		await catalog.import([
			{ upserts: upserts([product(), product({ sku: 'A', title: 'The C++ primer, null & void' })]) },
		])
	})

	test.each(queries.map((query) => [query]))('answers the query %j', async (query) => {
		const { products, totalSize } = await catalog.search({ query })
		expect(products).toHaveLength(totalSize)
	})
})
