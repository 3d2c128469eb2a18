/** @import { PriceLimits } from '@mercat/client' */
import { useState } from 'preact/hooks'
import { request } from '../../../../api/request.js'
import { useLoad } from '../../../../api/use-load.js'
import { DefinitionList } from '../../../../parts/definition-list.js'
import { html } from '../../../../parts/markup/html.js'
import { Panel } from '../../../../parts/panel.js'
import { Failure, Loading } from '../../../../parts/states.js'
import { formatMoney } from '../../../../parts/values/money.js'
import { LimitsDialog } from './limits-dialog.js'
import { limitsPath } from './limits-path.js'

/**
 * The least and the highest price that a source may set without an approval.
 *
 * @param {{ sku: string, currency: string }} props `currency` is that of the price
 */
export function LimitsPanel({ sku, currency }) {
	const { value, error, isLoading, reload } = useLoad((signal) => readLimits(sku, signal), [sku])
	const [isChanging, setChanging] = useState(false)
	return html`
		<${Panel} title="Price limits" actions=${html`
			<button type="button" onClick=${() => setChanging(true)} disabled=${value === undefined}>Change limits …</button>
		`}>
			${value === undefined && isLoading && html`<${Loading} />`}
			${error && html`<${Failure} error=${error} retry=${reload} />`}
			${
				value &&
				html`<${DefinitionList} entries=${[
					['Floor', value.floor === null ? 'none' : formatMoney(value.floor)],
					['Ceiling', value.ceiling === null ? 'none' : formatMoney(value.ceiling)],
				]} />`
			}
		</${Panel}>
		${isChanging && value && html`<${LimitsDialog} limits=${value} currency=${currency} onChanged=${reload} onClose=${() => setChanging(false)} />`}
	`
}

/**
 * @param {string} sku
 * @param {AbortSignal} signal
 * @returns {Promise<PriceLimits>}
 */
async function readLimits(sku, signal) {
	return (await request('GET', limitsPath(sku), { signal })).body
}
