import { expect, test } from 'vitest'
import { toPlainText } from '../../src/formats/plain-text.ts'
import { htmlOfText } from '../../src/writing/html-of-text.ts'

test.for([
	['<p>One  two</p>\n<p>three<br>four</p>', 'One two\n\nthree\nfour'],
	['<ul>\n<li>a</li>\n<li>b &amp; c</li></ul>', 'a\nb & c'],
	['<b>bold</b> <i>thin</i><script>alert(1)</script><style>p{}</style>', 'bold thin'],
	['no tags\nkeep &lt;lines&gt;', 'no tags\nkeep <lines>'],
	['5 < 6 & 24" x 36"', '5 < 6 & 24" x 36"'],
	['<p>never closed', 'never closed'],
	['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
] as const)('the text of %j is %j', ([html, text]) => {
	expect(toPlainText(html)).toBe(text)
})

test.for(['a & b', '<b>literal</b>', 'two\n\nlines  with\tspace', '&amp; &lt;p&gt;', 'x < y > z', 'a\r\nb'])(
	'the HTML of the text %j reads as the text',
	(text) => {
		expect(toPlainText(htmlOfText(text))).toBe(text)
	},
)

test('a text of a megabyte is read at once', () => {
	const html = '<p>word</p>'.repeat(100_000)
	expect(toPlainText(html).length).toBe(100_000 * 6 - 2)
}, 2_000)
