import { realpathSync, renameSync, rmSync, statSync } from 'node:fs'

/** A file that is written under another name, and takes the place of an earlier one when it is whole. */
export type ReplacedFile = {
	/** The file to write. */
	path: string
	finish(): void
	/** Removes what was written. The earlier file stays. */
	drop(): void
}

/** Prepares the replacement of a file, which may be there or not. A pipe or a device is written itself. */
export function replaceFile(path: string): ReplacedFile {
	const earlier = statSync(path, { throwIfNoEntry: false })
	if (earlier !== undefined && !earlier.isFile()) return { path, finish() {}, drop() {} }
	// A link stays a link.
	const target = earlier === undefined ? path : realpathSync(path)
	const unfinished = `${target}.${process.pid}.part`
	return {
		path: unfinished,
		finish: () => renameSync(unfinished, target),
		drop: () => rmSync(unfinished, { force: true }),
	}
}

/** Whether both paths lead to one file that is there. */
export function isSameFile(one: string, other: string): boolean {
	const [first, second] = [identityOf(one), identityOf(other)]
	return first !== undefined && first.ino === second?.ino && first.dev === second.dev
}

function identityOf(path: string) {
	return statSync(path, { throwIfNoEntry: false, bigint: true })
}
