// Builds what `pnpm pack` packs of the package in the working folder: compiled JavaScript with types, in its folder `dist`, for
// projects outside of this workspace. The arguments are the exports that the pack has, such as `.` and `./client`.
// `--copy FOLDER` takes a folder of the repository along, at the same place relative to the compiled files.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readCheckout } from '../layout/read-checkout.ts'
import { readWorkspace } from '../layout/workspace.ts'
import { compilePackage, listCompiled } from './compile-package.ts'
import { packManifest } from './pack-manifest.ts'
import { resolvedModule } from './resolved-module.ts'

const { values, positionals: exported } = parseArgs({
	options: { copy: { type: 'string', multiple: true, default: [] } },
	allowPositionals: true,
})
const root = resolve(import.meta.dirname, '../..')
const folder = process.cwd()
const dist = join(folder, 'dist')
const { packages } = readWorkspace(readCheckout(root).filter(({ path }) => path.endsWith('package.json')))
const own = packages.find((one) => join(root, one.folder) === folder)
if (own === undefined) throw new Error(`${folder} is no package of the workspace`)

rmSync(dist, { recursive: true, force: true })
const sources = exported.map((name) => own.exports[name] ?? missing(name))
compilePackage({ packages, root, folder: own.folder, sources })
const exists = (path: string) => existsSync(join(dist, path))
for (const path of listCompiled(dist)) {
	const text = readFileSync(join(dist, path), 'utf8')
	writeFileSync(join(dist, path), resolvedModule(path, text, { packages, exists }))
}
for (const name of values.copy) cpSync(join(root, name), join(dist, name), { recursive: true })
const compiled = listCompiled(dist).map((path) => ({ path, text: readFileSync(join(dist, path), 'utf8') }))
const manifest = packManifest({
	manifestOf: (one) => JSON.parse(readFileSync(join(root, one, 'package.json'), 'utf8')),
	own,
	exported,
	compiled,
})
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`)

function missing(name: string): never {
	throw new Error(`${own?.name} has no export ${name}`)
}
