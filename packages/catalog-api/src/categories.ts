/** The parts of a category, which `/` and `>` separate: " Home > Kitchen " has the parts Home and Kitchen. */
export function categoryParts(category: string): string[] {
	return category.split(/[>/]/).map((part) => part.trim())
}

/** A category as the catalog keeps it: "Home/Kitchen". Empty parts stay. */
export function categoryPath(category: string): string {
	return categoryParts(category).join('/')
}
