import { ProductFileError } from '@mercat/product-files/product-file-error'
import { failureText } from '@mercat/service/failure-text'
import { isServiceError } from '../../catalog/call-error.ts'
import { withSettingNames } from '../settings/setting-names.ts'
import { isRunEnded } from './feed-runs-client.ts'

export type DescribeTroubleNeeds = { explain(error: unknown): Promise<string> }

/** One sentence about an error that ends the run of a feed. */
export async function describeTrouble(error: unknown, { explain }: DescribeTroubleNeeds): Promise<string> {
	if (error instanceof ProductFileError) return withSettingNames(error.message)
	if (isRunEnded(error)) return 'another run of this feed has begun'
	return isServiceError(error) ? await explain(error) : failureText(error)
}
