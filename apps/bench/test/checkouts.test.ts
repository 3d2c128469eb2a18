import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeFlags } from '@mercat/service/node-flags'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addWorktree } from '../src/checkouts/add-worktree.ts'
import { findCommits } from '../src/checkouts/find-commits.ts'
import { readCheckout } from '../src/checkouts/read-checkout.ts'
import { runCommand } from '../src/checkouts/run-command.ts'
import { UsageError } from '../src/running/usage-error.ts'

let folder: string
let repository: string
let hash: string

function git(...args: string[]): string {
	const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
	return execFileSync('git', [...identity, ...args], { cwd: repository, encoding: 'utf8' }).trim()
}

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-test-'))
	repository = folder
	git('init', '--quiet')
	git('commit', '--quiet', '--allow-empty', '--message', 'first')
	git('branch', 'other')
	hash = git('rev-parse', 'HEAD')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the services and the command of a checkout are found by their package names', async () => {
	const found = await readCheckout('this', join(import.meta.dirname, '../package.json'))
	expect(found).toMatchObject({
		name: 'this',
		services: {
			catalog: import.meta.resolve('@mercat/catalog/main'),
			order: import.meta.resolve('@mercat/order/main'),
		},
		nodeFlags,
	})
	const help = execFileSync(process.execPath, [found.command, '--help'], { encoding: 'utf8' })
	expect(help).toMatch(/Usage: mercat/)
})

test('a folder without the installed packages is refused as a checkout', async () => {
	await expect(readCheckout('none', join(folder, 'package.json'))).rejects.toThrow('@mercat/cli is not installed')
})

test('a commit is named by the text from the command line and its short hash', () => {
	const short = hash.slice(0, 7)
	expect(findCommits(repository, ['other'])).toEqual([{ name: `other (${short})`, hash }])
	expect(findCommits(repository, [hash.slice(0, 10)])).toEqual([{ name: short, hash }])
})

test('a commit that is named several times is compared with once', () => {
	expect(findCommits(repository, ['HEAD', 'other', hash])).toHaveLength(1)
})

test.each(['no-such-branch', '0123456', '--all', ''])('a revision that git does not know is refused: %j', (wanted) => {
	expect(() => findCommits(repository, [wanted])).toThrow(new UsageError(`there is no commit ${wanted}`))
})

test('disposing of a worktree removes its folder, with files that were added, and its registration', async () => {
	const worktree = join(folder, 'worktree')
	{
		await using _added = await addWorktree(repository, hash, worktree)
		expect(execFileSync('git', ['rev-parse', 'HEAD'], { cwd: worktree, encoding: 'utf8' }).trim()).toBe(hash)
		await runCommand(['sh', '-c', 'echo more > file'], { cwd: worktree })
	}
	expect(existsSync(worktree)).toBe(false)
	expect(git('worktree', 'list').split('\n')).toHaveLength(1)
})

test('the error of a failed command contains its output', async () => {
	const failing = runCommand(['sh', '-c', 'echo out; echo err >&2; exit 3'], { cwd: folder })
	await expect(failing).rejects.toThrow(/^failed: sh -c .*\nout\nerr\n$/s)
})

test('an interruption ends the command and the processes that it has started', async () => {
	const interruption = Promise.reject(new Error('stopped'))
	const startedAt = performance.now()
	await expect(runCommand(['sh', '-c', 'sleep 20; true'], { cwd: folder, interruption })).rejects.toThrow('stopped')
	expect(performance.now() - startedAt).toBeLessThan(10_000)
})
