import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { protoPath as healthProto } from 'grpc-health-check'
import { type ProtoPart, protoFolder } from '../src/proto/proto-files.ts'

/** Generates the TypeScript types and the descriptors of a part of `proto/` into `folder`, which is emptied first. */
export function generateTypes(part: ProtoPart, folder: string): void {
	rmSync(folder, { recursive: true, force: true })
	const includeDir = fileURLToPath(protoFolder)
	execFileSync(
		join(import.meta.dirname, '../node_modules/.bin/proto-loader-gen-types'),
		[
			'--longs=Number',
			'--enums=String',
			'--defaults',
			'--oneofs',
			'--grpcLib=@grpc/grpc-js',
			'--importFileExtension=.ts',
			`--includeDirs=${includeDir}`,
			`--outDir=${folder}`,
			...part.files,
		],
		{ stdio: ['ignore', 'ignore', 'inherit'] },
	)
	// Two concatenated FileDescriptorSets are one FileDescriptorSet with the files of both.
	const descriptors = [describe(includeDir, `--path=${join(includeDir, part.folder)}`), describe(dirname(healthProto))]
	writeFileSync(join(folder, 'descriptors.binpb'), Buffer.concat(descriptors))
	// The generator writes the absolute path of each source, which differs from machine to machine.
	for (const file of listFiles(folder).filter((name) => name.endsWith('.ts'))) {
		const path = join(folder, file)
		const text = readFileSync(path, 'utf8')
		writeFileSync(path, text.replaceAll(/^\/\/ Original file: .*\n/gm, ''))
	}
}

// The .proto files of a folder as a FileDescriptorSet.
function describe(folder: string, ...options: string[]): Buffer {
	return execFileSync(join(import.meta.dirname, '../node_modules/.bin/buf'), [
		'build',
		folder,
		...options,
		'--exclude-source-info',
		'--output=-#format=binpb',
	])
}

/** The files below `folder`, as sorted relative paths. */
export function listFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort()
}
