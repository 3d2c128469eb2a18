import { execFileSync } from 'node:child_process'
import { UsageError } from '../running/usage-error.ts'

export type Commit = {
	/** The text from the command line and the short hash, such as `main (abc1234)`, or only the short hash. */
	name: string
	hash: string
}

const shortLength = 7

/**
 * Finds the wanted commits. Two names of one commit give one entry.
 *
 * @param repository path of a folder in the git repository
 * @param wanted hashes, branches, or any other revisions that git understands
 * @throws UsageError when a commit does not exist
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
