import type { PackageDefinition } from '@grpc/proto-loader'
import { reflectedPackage } from '@mercat/catalog-api/reflected-package'
import { marketPackageDefinition } from './load-proto.ts'

const image = new URL('./generated/descriptors.binpb', import.meta.url)

/** The packages that the reflection of the market shows. */
export function reflectedPackages(): PackageDefinition {
	return reflectedPackage('mercat.market.v1', image, marketPackageDefinition)
}
