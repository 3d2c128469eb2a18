const pageBits = 12
const pageSize = 1 << pageBits
const pageMask = pageSize - 1

// Of a doc that was born or has died in one of the latest polls.
const recent = 0x4000_0000

/** What is known of some docs that follow each other. Postings are in the order of docs, so a search reads a page from its start to its end. */
type Page = {
	/** The slot + 1; 0 for a doc that is dead or not known. */
	codes: Int32Array
	titleWords: Uint8Array
}

/** What a poll has changed, until no search needs to know it any more. */
type PollChanges = { poll: number; at: number; born: number[]; dead: number[] }

/** Which slot each doc has. Polls are numbered, and a doc may be looked up as of an earlier poll. */
export function createDocSlots() {
	const pages: (Page | undefined)[] = []
	const used: number[] = []
	const bornAt = new Map<number, number>()
	const diedAt = new Map<number, number>()
	const before = new Map<number, number>()
	const changes: PollChanges[] = []
	let end = 0

	const codeOf = (doc: number) => pages[doc >>> pageBits]?.codes[doc & pageMask] ?? 0

	function setCode(doc: number, code: number): void {
		const number = doc >>> pageBits
		const page = pages[number] ?? { codes: new Int32Array(pageSize), titleWords: new Uint8Array(pageSize) }
		pages[number] = page
		const was = page.codes[doc & pageMask] ?? 0
		page.codes[doc & pageMask] = code
		used[number] = (used[number] ?? 0) + Number(code !== 0) - Number(was !== 0)
		if (used[number] === 0) pages[number] = undefined
	}

	function changesOf(poll: number): PollChanges {
		const latest = changes.at(-1)
		if (latest?.poll === poll) return latest
		const added = { poll, at: performance.now(), born: [], dead: [] }
		changes.push(added)
		return added
	}

	/** A product without a doc gets one. Searches that have begun may see it, too. */
	function add(doc: number, slot: number): void {
		setCode(doc, slot + 1)
		end = Math.max(end, doc + 1)
	}

	function kill(doc: number, poll: number): void {
		setCode(doc, codeOf(doc) | recent)
		diedAt.set(doc, poll)
		changesOf(poll).dead.push(doc)
	}

	/** The slot of a doc that lives, or has died in one of the latest polls. */
	const slotOf = (doc: number): number => (codeOf(doc) & ~recent) - 1

	return {
		/** Docs that were ever known are below it. */
		get end() {
			return end
		},
		add,
		kill,
		slotOf,
		/** The slot of a doc that lives as of a poll; -1 for any other. */
		slotAt(doc: number, poll: number): number {
			const code = codeOf(doc)
			if (code < recent) return code - 1
			if ((bornAt.get(doc) ?? 0) > poll) return -1
			if ((diedAt.get(doc) ?? Number.POSITIVE_INFINITY) <= poll) return -1
			return code - recent - 1
		},
		/** The doc that its product had as of a poll: this one, or one that it has replaced since. */
		docAt(doc: number, poll: number): number {
			let present = doc
			while ((bornAt.get(present) ?? 0) > poll) present = before.get(present) ?? 0
			return present
		},
		/** A doc takes the place of another one. */
		replace(old: number, doc: number, poll: number): void {
			const slot = slotOf(old)
			kill(old, poll)
			add(doc, slot)
			setCode(doc, (slot + 1) | recent)
			bornAt.set(doc, poll)
			before.set(doc, old)
			changesOf(poll).born.push(doc)
		},
		/** The number of words in the title of a doc that is known. */
		titleWords: (doc: number): number => pages[doc >>> pageBits]?.titleWords[doc & pageMask] ?? 0,
		setTitleWords(doc: number, words: number): void {
			const page = pages[doc >>> pageBits]
			if (page !== undefined) page.titleWords[doc & pageMask] = words
		},
		/** Forgets the docs that died before a time on the clock of `performance.now()`. No search of that time may be left. */
		settle(time: number): void {
			while (changes[0] !== undefined && changes[0].at < time) {
				for (const doc of changes[0].born) {
					bornAt.delete(doc)
					before.delete(doc)
					if (!diedAt.has(doc)) setCode(doc, codeOf(doc) & ~recent)
				}
				for (const doc of changes[0].dead) {
					diedAt.delete(doc)
					setCode(doc, 0)
				}
				changes.shift()
			}
		},
		bytes: () =>
			pages.reduce((sum, page) => sum + (page === undefined ? 0 : 5 * pageSize), pages.length * 16) +
			(bornAt.size + diedAt.size) * 60,
	}
}
