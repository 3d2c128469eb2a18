/**
 * Whether a person is at the rows of a table: with the focus, with the pointer, or further down the list. Then no row may
 * move.
 *
 * @param {HTMLElement | null} place has the table
 */
export function isInUse(place) {
	const region = place?.querySelector('.table-region')
	if (!region) return false
	const rows = region.querySelector('tbody')
	return (
		region.contains(document.activeElement) ||
		region.scrollTop > 0 ||
		region.getBoundingClientRect().top < 0 ||
		rows?.matches(':hover') === true
	)
}
