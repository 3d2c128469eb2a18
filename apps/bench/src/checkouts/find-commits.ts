import { execFileSync } from 'node:child_process'
import { UsageError } from '../running/usage-error.ts'

export type Commit = {
	/** As it was asked for, with what it stands for. */
	name: string
	hash: string
}

const shortLength = 7

/**
 * Each commit once, by whatever names it was asked for.
 *
 * @param repository a folder in it
 * @param wanted hashes, branches, or whatever else git takes for a commit
 * @throws UsageError when there is no such commit
 */
export function findCommits(repository: string, wanted: string[]): Commit[] {
	const commits = wanted.map((text) => findCommit(repository, text))
	return [...new Map(commits.map((commit) => [commit.hash, commit])).values()]
}

function findCommit(repository: string, wanted: string): Commit {
	const hash = readHash(repository, wanted)
	const short = hash.slice(0, shortLength)
	return { hash, name: hash.startsWith(wanted) ? short : `${wanted} (${short})` }
}

function readHash(repository: string, wanted: string): string {
	const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${wanted}^{commit}`]
	try {
		return execFileSync('git', args, { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
	} catch {
		throw new UsageError(`there is no commit ${wanted}`)
	}
}
