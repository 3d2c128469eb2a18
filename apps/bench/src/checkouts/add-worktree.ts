import { runCommand } from './run-command.ts'

/** A commit's files in a folder of their own, without a branch. Disposing of it leaves no trace of it in the repository. */
export async function addWorktree(repository: string, hash: string, folder: string): Promise<AsyncDisposable> {
	const git = (...args: string[]) => runCommand(['git', 'worktree', ...args], { cwd: repository })
	await git('add', '--detach', folder, hash)
	return {
		[Symbol.asyncDispose]: () => git('remove', '--force', folder),
	}
}
