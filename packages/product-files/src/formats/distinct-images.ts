const mostImages = 20

/** The first images, each once: a product of ours has at most 20. */
export function distinctImages(urls: string[]): string[] {
	return [...new Set(urls.filter((url) => url !== ''))].slice(0, mostImages)
}
