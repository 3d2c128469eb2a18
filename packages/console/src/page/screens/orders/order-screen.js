/** @import { ScreenProps } from '../../shell/screens.js' */
import { html } from '../../parts/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Empty } from '../../parts/states.js'

/** @param {ScreenProps} _props */
export function OrderScreen(_props) {
	return html`<${PageHeading} title="Order" /><${Empty} title="Nothing yet" />`
}
