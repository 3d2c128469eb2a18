import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

/**
 * Runs commands of a document, block after block in one shell, in the folder of the repository, against services with other
 * addresses than the document's. Resolves to the output of each block. `npx --yes pnpm@12 mercat` is the command of
 * this checkout; without pnpm, so that no test installs anything.
 */
export async function runCommands(
	blocks: DocumentCommands[],
	folder: string,
	addresses: { rest: string; grpc: string },
): Promise<string[]> {
	const bin = join(folder, 'bin')
	mkdirSync(bin, { recursive: true })
	const npx = `#!/bin/sh\n[ "$1 $2 $3" = '--yes pnpm@12 mercat' ] || exit 99\nshift 3\nexec '${mercat}' "$@"\n`
	writeFileSync(join(bin, 'npx'), npx, { mode: 0o755 })
	const end = '--- the end of a block ---'
	const script = blocks
		.map(({ commands }) => `${commands}echo; echo '${end}'\n`)
		.join('')
		.replaceAll('127.0.0.1:8080', addresses.rest)
		.replaceAll('127.0.0.1:50051', addresses.grpc)
	const env = { PATH: `${bin}:${process.env['PATH']}`, HOME: folder }
	const stdout = await new Promise<string>((resolve, reject) => {
		execFile('bash', ['-euo', 'pipefail', '-c', script], { cwd: root, env }, (error, output, stderr) =>
			error === null ? resolve(output) : reject(new Error(`${error.message}\n${output}\n${stderr}`)),
		)
	})
	return stdout
		.split(end)
		.slice(0, -1)
		.map((output) => output.trim())
}

/** A pattern for an output in a document: `…` is any text, and ids, times and random texts may differ. */
export function outputPattern(output: string): RegExp {
	const varying = [
		/[0-9a-f]{8}-[0-9a-f-]{27}/,
		/\d{4}-\d\d-\d\dT[\d:.]+Z/,
		/[0-9a-f]{32}/,
		/(?<="etag":")[^,]+(?=")/,
		/…/,
	]
	const parts = output.trim().split(new RegExp(varying.map(({ source }) => source).join('|')))
	return new RegExp(`^${parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('[^]*?')}$`)
}
