/** @import { ComponentChildren, VNode } from 'preact' */
import htm from 'htm'
import { h } from 'preact'
import { withVisibleControls } from './visible-controls.js'

/**
 * Markup of Preact. Values are texts and never become markup. Characters that would change the direction of a text are shown
 * as marks.
 *
 * @type {(strings: TemplateStringsArray, ...values: any[]) => VNode}
 */
export const html = /** @type {any} */ (htm).bind(element)

/**
 * @param {any} type
 * @param {Record<string, any> | null} props
 * @param {unknown[]} children
 */
function element(type, props, ...children) {
	const title = props?.['title']
	const shown = typeof title === 'string' ? { ...props, title: withVisibleControls(title) } : props
	return h(type, shown, ...children.map((child) => /** @type {any} */ (visible(child))))
}

/** @param {unknown} child @returns {unknown} */
function visible(child) {
	if (Array.isArray(child)) return child.map(visible)
	return typeof child === 'string' ? withVisibleControls(child) : child
}

/** @typedef {ComponentChildren} Children What a component can show between its tags. */
