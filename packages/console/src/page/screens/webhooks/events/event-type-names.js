/** In place of a list of all types, also of later ones. */
export const everyType = '*'

export const eventTypes = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'expired'].map(
	(status) => `mercat.order.${status}.v1`,
)

/**
 * A type of event in one word, where it is one of orders.
 *
 * @param {string} type such as `mercat.order.paid.v1`
 */
export function typeName(type) {
	return /^mercat\.order\.(\w+)\.v\d+$/.exec(type)?.[1] ?? type
}

/** @param {string[]} types */
export function typesText(types) {
	return types.includes(everyType) ? 'every type' : types.map(typeName).join(', ')
}
