import { expect, test } from 'vitest'
import { changeText, ruleWords } from '../src/page/screens/held-prices/rule-words.js'

test.each([
	['PRICE_FELL', { changePercent: -90, maxPriceChangePercent: 50 }, 'fell by more than 50\u00a0%', '−90\u00a0%'],
	['PRICE_ROSE', { maxPriceChangePercent: 12.5 }, 'rose by more than 12.5\u00a0%', undefined],
	['CURRENCY_CHANGED', {}, 'another currency', undefined],
	['BELOW_FLOOR', {}, 'below the floor', undefined],
	['ABOVE_CEILING', { changePercent: 3 }, 'above the ceiling', '+3\u00a0%'],
])('the rule %s of the shop is told in words', (rule, figures, words, change) => {
	expect(ruleWords({ rule, figures })).toBe(words)
	expect(changeText({ figures })).toBe(change)
})

test('a rule that the page does not know is shown as it is, with all its figures', () => {
	expect(ruleWords({ rule: 'Z_SCORE', figures: {} })).toBe('Z_SCORE')
	expect(ruleWords({ rule: 'Z_SCORE', figures: { sigma: 4.25, samples: 1200, maxPriceChangePercent: 50 } })).toBe(
		'Z_SCORE (sigma 4.25, samples 1,200, maxPriceChangePercent 50)',
	)
})
