import { runCommand } from './run-command.ts'

/**
 * Checks a commit out in a git worktree of its own, without a branch. Disposing of it removes the folder and its
 * registration in the repository.
 */
export async function addWorktree(repository: string, hash: string, folder: string): Promise<AsyncDisposable> {
	const git = (...args: string[]) => runCommand(['git', 'worktree', ...args], { cwd: repository })
	await git('add', '--detach', folder, hash)
	return {
		[Symbol.asyncDispose]: () => git('remove', '--force', folder),
	}
}
