/** @import { HeldPrice } from '@mercat/client' */
import { formatMoney } from '../../parts/values/money.js'
import { changeText } from './rule-words.js'

/**
 * What has become of a hold that is no longer as the person has seen it. Undefined for a state that this page does not know.
 *
 * @param {unknown} state the state of the hold now
 * @param {Pick<HeldPrice, 'source' | 'newPrice'>} seen
 * @param {Pick<HeldPrice, 'newPrice' | 'figures'> | undefined} now the hold, if it is still open
 * @returns {string | undefined}
 */
export function changedSentence(state, { source, newPrice }, now) {
	switch (state) {
		case 'open': {
			if (now === undefined) return `${source} has sent another price meanwhile. Nothing was changed.`
			const change = changeText(now)
			const figures = change === undefined ? '' : ` (${change})`
			return `${source} now sends ${formatMoney(now.newPrice)}${figures} in place of ${formatMoney(newPrice)}. Nothing was changed. Close this dialog and decide anew.`
		}
		case 'approved':
			return `Somebody else has approved a price of this hold meanwhile. Nothing was changed.`
		case 'rejected':
			return `Somebody else has rejected a price of this hold meanwhile. Nothing was changed.`
		case 'withdrawn':
			return `The price waits no longer: ${source} has sent one that was applied at once, or the product has this price already. Nothing was changed.`
		case 'expired':
			return `The hold has ended by itself, and the price of ${source} was dropped. Nothing was changed.`
		default:
			return undefined
	}
}
