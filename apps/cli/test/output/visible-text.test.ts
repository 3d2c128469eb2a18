import { expect, test } from 'vitest'
import { visibleText } from '../../src/output/visible-text.ts'

test('text that could steer a terminal or hide other text is shown as escapes', () => {
	expect(visibleText('a\u001b[2Jb\r\n\u0085\u009bc')).toBe('a\\u001b[2Jb\\u000d\\u000a\\u0085\\u009bc')
	expect(visibleText('x\u2028y\u2029z\u202eevil\u2066\u200f\u061c')).toBe(
		'x\\u2028y\\u2029z\\u202eevil\\u2066\\u200f\\u061c',
	)
	expect(visibleText('\ud800')).toBe('\ufffd')
})

test('other text stays as it is, also emoji and right-to-left letters', () => {
	const text = 'Größe 24" × 36", 👩‍🔧, שלום, a\\b'
	expect(visibleText(text)).toBe(text)
})
