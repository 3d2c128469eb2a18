/** @import { Status } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { StatusPill } from '../../parts/status-pill.js'

/**
 * Both services and their parts. Without news of the order service nothing is known of either.
 *
 * @param {{ services: Status['services'], isStale: boolean }} props
 */
export function ServicesPanel({ services, isStale }) {
	return html`
		<${Panel} title="Services">
			<ul class="services">
				${services.map(
					({ name, state, missing, parts }) => html`
						<li key=${name}>
							<div class="service-head">
								<strong>${titles[name] ?? name}</strong>
								${isStale ? html`<${StatusPill} state="unknown">no news</${StatusPill}>` : html`<${StatusPill} state=${state} />`}
							</div>
							${!isStale && untold(missing, parts).map((sentence) => html`<p key=${sentence} class="bad">${sentence}</p>`)}
							<ul class="service-parts">
								${parts.map(
									(part) => html`
										<li key=${part.name}>
											<span>${part.name}</span>
											${!isStale && html`<span class="faint">${part.detail}</span>`}
											${!isStale && html`<${StatusPill} state=${part.state} />`}
										</li>
									`,
								)}
							</ul>
						</li>
					`,
				)}
			</ul>
		</${Panel}>
	`
}

/**
 * What a service lacks, without the sentences that its parts say.
 *
 * @param {string[]} missing
 * @param {Status['services'][number]['parts']} parts
 */
function untold(missing, parts) {
	return missing.filter((sentence) => !parts.some(({ detail }) => detail === sentence))
}

/** @type {Record<string, string>} */
const titles = { order: 'Order service', catalog: 'Catalog' }
