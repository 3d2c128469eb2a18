const hiddenMs = 10_000
const mostHidden = 500

/** Words that are left out for some seconds. A word that has come back is not, at the latest then. */
export function createHiddenWords(now: () => number = () => performance.now()) {
	/** The oldest first. */
	const hiddenAt = new Map<string, number>()

	function isOver(at: number): boolean {
		return now() - at >= hiddenMs
	}

	function forgetOld(): void {
		for (const [word, at] of hiddenAt) {
			if (!isOver(at) && hiddenAt.size <= mostHidden) return
			hiddenAt.delete(word)
		}
	}

	return {
		get size() {
			forgetOld()
			return hiddenAt.size
		},
		has(word: string): boolean {
			const at = hiddenAt.get(word)
			return at !== undefined && !isOver(at)
		},
		add(word: string): void {
			hiddenAt.delete(word)
			hiddenAt.set(word, now())
			forgetOld()
		},
		/** Whether the word was hidden. */
		delete: (word: string): boolean => hiddenAt.delete(word),
	}
}
