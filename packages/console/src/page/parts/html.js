/** @import { ComponentChildren, VNode } from 'preact' */
import htm from 'htm'
import { h } from 'preact'

/**
 * Markup of Preact. Values are texts and never become markup.
 *
 * @type {(strings: TemplateStringsArray, ...values: any[]) => VNode}
 */
export const html = /** @type {any} */ (htm).bind(h)

/** @typedef {ComponentChildren} Children What a component can show between its tags. */
