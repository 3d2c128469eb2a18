import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { mercat } from '@mercat/testing/run-mercat'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Commands of a document, and the output that the document shows below them. */
export type DocumentCommands = { commands: string; output: string | undefined }

/** The `sh` blocks of a document below a heading, in their order, each with the block of output that follows it. */
export function commandsBelow(path: string, heading: string): DocumentCommands[] {
	const text = readFileSync(join(root, path), 'utf8')
	const level = /^#+/.exec(heading)?.[0].length
	const start = text.indexOf(`\n${heading}\n`)
	if (start === -1) throw new Error(`${path} has no heading "${heading}"`)
	const below = text.slice(start + heading.length + 2).split(new RegExp(`^#{1,${level}} `, 'm'))[0] as string
	const blocks = below.matchAll(/^```sh\n([\s\S]*?)^```\n(?:\n```(?:json)?\n([\s\S]*?)^```$)?/gm)
	return [...blocks].map(([, commands = '', output]) => ({ commands, output }))
}

/** Texts of a document, and the texts that take their place in a test: addresses, ports and folders. */
export type Replacements = { [text: string]: string }

/**
 * Runs commands of a document, block after block in one shell, in the folder of the repository. Resolves to the output of
 * each block.
 */
export async function runCommands(
	blocks: DocumentCommands[],
	folder: string,
	replacements: Replacements,
): Promise<string[]> {
	const end = '--- the end of a block ---'
	const script = blocks.map(({ commands }) => `${commands}echo; echo '${end}'\n`).join('')
	const args = ['-euo', 'pipefail', '-c', replaced(script, replacements)]
	const stdout = await new Promise<string>((resolve, reject) => {
		execFile('bash', args, { cwd: root, env: shellEnvironment(folder) }, (error, output, stderr) =>
			error === null ? resolve(output) : reject(new Error(`${error.message}\n${output}\n${stderr}`)),
		)
	})
	return stdout
		.split(end)
		.slice(0, -1)
		.map((output) => output.trim())
}

/** Runs commands that do not end by themselves, until a line of their output has the text. Disposing ends them. */
export async function startCommands(
	{ commands }: DocumentCommands,
	folder: string,
	replacements: Replacements,
	text: string,
): Promise<AsyncDisposable> {
	const child = spawn('bash', ['-euc', replaced(commands, replacements)], {
		cwd: root,
		env: shellEnvironment(folder),
		detached: true,
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	const ended = once(child, 'close')
	const lines: string[] = []
	await new Promise<void>((resolve, reject) => {
		createInterface(child.stdout).on('line', (line) => {
			lines.push(line)
			if (line.includes(text)) resolve()
		})
		ended.then(() => reject(new Error(`the commands ended:\n${lines.join('\n')}`)))
	})
	return {
		async [Symbol.asyncDispose]() {
			process.kill(-(child.pid as number), 'SIGTERM')
			await ended
		},
	}
}

function replaced(script: string, replacements: Replacements): string {
	return Object.entries(replacements).reduce((text, [from, to]) => text.replaceAll(from, to), script)
}

/** An environment in which `npx --yes pnpm@12` runs this checkout without pnpm, so that no test installs anything. */
function shellEnvironment(folder: string): NodeJS.ProcessEnv {
	const bin = join(folder, 'bin')
	mkdirSync(bin, { recursive: true })
	const npx = `#!/bin/sh
case "$*" in
'--yes pnpm@12 mercat '*) shift 3; exec '${mercat}' "$@" ;;
'--yes pnpm@12 --filter @mercat/catalog start') exec '${process.execPath}' services/catalog/src/main.ts ;;
*) echo "unexpected: npx $*" >&2; exit 99 ;;
esac
`
	writeFileSync(join(bin, 'npx'), npx, { mode: 0o755 })
	return { PATH: `${bin}:${process.env['PATH']}`, HOME: folder }
}

/** A pattern for an output in a document: `…` is any text, and ids, times and random texts may differ. */
export function outputPattern(output: string): RegExp {
	const varying = [/[0-9a-f]{8}-[0-9a-f-]{27}/, /\d{4}-\d\d-\d\dT[\d:.]+Z/, /[0-9a-f]{32}/, /…/]
	const parts = output.trim().split(new RegExp(varying.map(({ source }) => source).join('|')))
	return new RegExp(`^${parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('[^]*?')}$`)
}
