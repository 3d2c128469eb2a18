import type { PackageDefinition } from '@grpc/proto-loader'
import { catalogPackageDefinition } from './load-proto.ts'
import { reflectedPackage } from './reflected-package.ts'

const image = new URL('../generated/descriptors.binpb', import.meta.url)

/** The packages that the reflection of the catalog shows. */
export function reflectedPackages(): PackageDefinition {
	return reflectedPackage('mercat.catalog.v1', image, catalogPackageDefinition)
}
