/** @import { Reservation } from '@mercat/client' */
import { DefinitionList } from '../../parts/definition-list.js'
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Money } from '../../parts/values/money.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'

/** @type {Record<Reservation['state'], string>} */
const meanings = {
	HELD: 'The stock is held for this order.',
	COMMITTED: 'The stock is sold to this order.',
	RELEASED: 'The stock was given back.',
	EXPIRED: 'The hold ran out, and the stock was given back.',
}

/** @param {{ reservation?: Reservation | null }} props */
export function OrderReservation({ reservation }) {
	if (!reservation) return html`<p class="faint panel-body">The catalog has no reservation for this order.</p>`
	const { state, lines, total, createdAt, updatedAt, expiresAt } = reservation
	return html`
		<p class="reservation-state"><${StatusPill} state=${state} /> ${meanings[state]}</p>
		<${DefinitionList}
			entries=${[
				[
					'Lines',
					html`<ul class="plain">${lines.map(({ sku, quantity }) => html`<li key=${sku}>${quantity} × <a href=${placeOf(['products', sku])}><code>${sku}</code></a></li>`)}</ul>`,
				],
				['Total', total && html`<${Money} amount=${total} />`],
				['Made', html`<${Time} at=${createdAt} exact />`],
				['Changed', html`<${Time} at=${updatedAt} exact />`],
				['Held until', state === 'HELD' && expiresAt ? html`<${Time} at=${expiresAt} />` : undefined],
			]}
		/>
	`
}
