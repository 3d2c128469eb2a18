const units = ['B', 'KB', 'MB', 'GB', 'TB']

/** A number of bytes for people, such as `12.3 MB`. */
export function sizeText(bytes: number): string {
	const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
	return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}
