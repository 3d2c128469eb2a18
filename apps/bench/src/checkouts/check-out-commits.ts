import { join } from 'node:path'
import type { Checkout } from '../running/checkout.ts'
import { addWorktree } from './add-worktree.ts'
import type { Commit } from './find-commits.ts'
import { installPackages } from './install-packages.ts'
import { readCheckout } from './read-checkout.ts'

type CheckoutOptions = {
	/** Path of a folder in the git repository. */
	repository: string
	/** The folder that gets a worktree for each commit. */
	folder: string
	/** Path of the package manager that started the bench, if there is one. */
	packageManager?: string
	/** Rejects when the run is interrupted. */
	interruption: Promise<never>
	report(line: string): void
}

/** Checks the commits out and installs their packages. Disposing of the result removes the files. */
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
