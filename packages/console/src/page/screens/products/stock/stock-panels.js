/** @import { StockLevel } from '@mercat/client' */
/** @import { Children } from '../../../parts/markup/html.js' */
import { useState } from 'preact/hooks'
import { request } from '../../../api/request.js'
import { useLoad } from '../../../api/use-load.js'
import { usePages } from '../../../api/use-pages.js'
import { toast } from '../../../parts/dialogs/toast.js'
import { html } from '../../../parts/markup/html.js'
import { Panel } from '../../../parts/panel.js'
import { Failure, Loading } from '../../../parts/states.js'
import { StockChangeDialog } from './stock-change-dialog.js'
import { StockFigures } from './stock-figures.js'
import { StockLedger } from './stock-ledger.js'
import { UnsettledNotice } from './unsettled-notice.js'
import { unsettledChanges, useUnsettledChange } from './use-unsettled-change.js'

/**
 * The stock of a product and its ledger. A change is seen in both at once. The ledger is long, so `children` stand before it.
 *
 * @param {{ sku: string, onChanged: () => void, children?: Children }} props
 */
export function StockPanels({ sku, onChanged, children }) {
	const path = `/v1/stock/${encodeURIComponent(sku)}`
	const level = useLoad((signal) => readLevel(path, signal), [path])
	const ledger = usePages((pageToken, signal) => readMovements(path, pageToken, signal), [path])
	const [isChanging, setChanging] = useState(false)
	const { unsettled, setUnsettled } = useUnsettledChange(sku)

	const refresh = () => {
		level.reload()
		ledger.reload()
		onChanged()
	}
	const change = () => {
		level.reload()
		setChanging(true)
	}
	const close = () => {
		setChanging(false)
		if (unsettledChanges.has(sku)) refresh()
	}
	/** @param {StockLevel} changed */
	const told = ({ onHand, available }) => {
		refresh()
		toast(`Stock changed: ${onHand.toLocaleString('en')} on hand, ${available.toLocaleString('en')} available.`)
	}

	return html`
		<${Panel} title="Stock" actions=${html`
			<button type="button" onClick=${refresh}>Refresh</button>
			<button type="button" class="primary" onClick=${change} disabled=${level.value === undefined}>Change stock …</button>
		`}>
			${level.value === undefined && level.isLoading && html`<${Loading} />`}
			${level.error && html`<${Failure} error=${level.error} retry=${level.reload} />`}
			${level.value && html`<${StockFigures} level=${level.value} />`}
			${unsettled && !isChanging && html`<${UnsettledNotice} unsettled=${unsettled} onDismiss=${() => setUnsettled(undefined)} />`}
		</${Panel}>
		${children}
		<${StockLedger} ledger=${ledger} />
		${
			isChanging &&
			level.value &&
			html`<${StockChangeDialog} level=${level.value} unsettled=${unsettled} setUnsettled=${setUnsettled} reloadLevel=${level.reload} onChanged=${told} onClose=${close} />`
		}
	`
}

/**
 * @param {string} path
 * @param {AbortSignal} signal
 * @returns {Promise<StockLevel>}
 */
async function readLevel(path, signal) {
	return (await request('GET', path, { signal })).body
}

/**
 * @param {string} path
 * @param {string} pageToken
 * @param {AbortSignal} signal
 */
async function readMovements(path, pageToken, signal) {
	const { body } = await request('GET', `${path}/movements`, { query: { pageSize: 50, pageToken }, signal })
	return { rows: body.movements, nextPageToken: body.nextPageToken }
}
