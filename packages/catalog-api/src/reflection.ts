import { readFileSync } from 'node:fs'
import type { PackageDefinition } from '@grpc/proto-loader'
import descriptor from 'protobufjs/ext/descriptor/index.js'
import { catalogPackageDefinition } from './load-proto.ts'

const image = new URL('./generated/descriptors.binpb', import.meta.url)

/**
 * What server reflection shows: the .proto files as they are written. Those that proto-loader makes up
 * name none of the files that they depend on, and clients that look closely refuse them.
 */
export function reflectedPackages(): PackageDefinition {
	const { file: files } = descriptor.FileDescriptorSet.decode(readFileSync(image)).toJSON() as { file: object[] }
	const fileDescriptorProtos = files.map((file) =>
		Buffer.from(descriptor.FileDescriptorProto.encode(descriptor.FileDescriptorProto.fromObject(file)).finish()),
	)
	// Reflection looks at the files only; the rest is what a message of the package would have.
	const anyMessage = Object.values(catalogPackageDefinition).find((definition) => 'fileDescriptorProtos' in definition)
	return { 'mercat.catalog.v1': { ...anyMessage, fileDescriptorProtos } as PackageDefinition[string] }
}
