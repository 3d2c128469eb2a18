import { readFileSync } from 'node:fs'
import type { PackageDefinition } from '@grpc/proto-loader'
import descriptor from 'protobufjs/ext/descriptor/index.js'
import { catalogPackageDefinition } from './load-proto.ts'

const image = new URL('./generated/descriptors.binpb', import.meta.url)

/**
 * The packages that server reflection shows, with the .proto files as `buf` compiled them. The descriptors that
 * proto-loader makes do not name the files that they import, and strict clients refuse them.
 */
export function reflectedPackages(): PackageDefinition {
	const { file: files } = descriptor.FileDescriptorSet.decode(readFileSync(image)).toJSON() as { file: object[] }
	const fileDescriptorProtos = files.map((file) =>
		Buffer.from(descriptor.FileDescriptorProto.encode(descriptor.FileDescriptorProto.fromObject(file)).finish()),
	)
	// Reflection reads only `fileDescriptorProtos`; the other properties of a message definition satisfy the type.
	const anyMessage = Object.values(catalogPackageDefinition).find((definition) => 'fileDescriptorProtos' in definition)
	return { 'mercat.catalog.v1': { ...anyMessage, fileDescriptorProtos } as PackageDefinition[string] }
}
