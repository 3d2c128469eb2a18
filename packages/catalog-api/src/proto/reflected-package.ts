import { readFileSync } from 'node:fs'
import type { PackageDefinition } from '@grpc/proto-loader'
import descriptor from 'protobufjs/ext/descriptor/index.js'

/**
 * A package for server reflection, with the .proto files as `buf` compiled them. The descriptors that proto-loader makes do not
 * name the files that they import, and strict clients refuse them.
 *
 * @param image the compiled files
 * @param loaded any definitions of proto-loader
 */
export function reflectedPackage(name: string, image: URL, loaded: PackageDefinition): PackageDefinition {
	const { file: files } = descriptor.FileDescriptorSet.decode(readFileSync(image)).toJSON() as { file: object[] }
	const fileDescriptorProtos = files.map((file) =>
		Buffer.from(descriptor.FileDescriptorProto.encode(descriptor.FileDescriptorProto.fromObject(file)).finish()),
	)
	// Reflection reads only `fileDescriptorProtos`; the other properties of a message definition satisfy the type.
	const anyMessage = Object.values(loaded).find((definition) => 'fileDescriptorProtos' in definition)
	return { [name]: { ...anyMessage, fileDescriptorProtos } as PackageDefinition[string] }
}
