/** @import { ScreenProps } from '../../shell/screens.js' */
import { html } from '../../parts/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Empty } from '../../parts/states.js'

/** @param {ScreenProps} _props */
export function OutboxScreen(_props) {
	return html`<${PageHeading} title="Outbox" /><${Empty} title="Nothing yet" />`
}
