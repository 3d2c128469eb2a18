import { join } from 'node:path'
import type { Checkout } from '../running/checkout.ts'
import { addWorktree } from './add-worktree.ts'
import type { Commit } from './find-commits.ts'
import { installPackages } from './install-packages.ts'
import { readCheckout } from './read-checkout.ts'

export type CheckoutOptions = {
	/** A folder in it. */
	repository: string
	/** Where the commits' files are put. */
	folder: string
	/** Path of the package manager that runs the bench, if one does. */
	packageManager?: string
	/** Rejects when the run is to be given up. */
	interruption: Promise<never>
	report(line: string): void
}

/** The commits, ready to be run. Disposing of it removes their files. */
export async function checkOutCommits(
	commits: Commit[],
	{ repository, folder, packageManager, interruption, report }: CheckoutOptions,
): Promise<AsyncDisposable & { checkouts: Checkout[] }> {
	await using opened = new AsyncDisposableStack()
	const checkouts: Checkout[] = []
	for (const { name, hash } of commits) {
		report(`installing ${name}`)
		const root = join(folder, hash)
		opened.use(await addWorktree(repository, hash, root))
		await installPackages(root, packageManager, interruption)
		checkouts.push(await readCheckout(name, join(root, 'package.json')))
	}
	const resources = opened.move()
	return { checkouts, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
