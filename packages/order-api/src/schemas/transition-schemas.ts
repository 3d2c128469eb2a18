import { EmptyOrVisibleText, strict, VisibleText } from '@mercat/rest-api/texts'
import { Type } from '@sinclair/typebox'

export const IfMatchHeader = Type.Object({
	'if-match': Type.Optional(Type.String({ description: 'The `ETag` of the order as the caller knows it' })),
})

export const ReferenceSchema = Type.Object(
	{ reference: VisibleText(128) },
	{
		...strict,
		$id: 'Reference',
		description: 'What the transition is known by outside, such as a payment or a parcel',
	},
)

export const CancellationSchema = Type.Object(
	{ reason: Type.Optional(EmptyOrVisibleText(200, { description: 'The history of the order keeps it as `why`' })) },
	{ ...strict, $id: 'Cancellation', description: 'May be left out' },
)
