// Keeps a copy of all products from Node 20 or later, and goes on where it was after each end of a stream. It reads the contract from
// the folder `proto` of the folder that it runs in.
//   npm install @grpc/grpc-js @grpc/proto-loader
//   node watch-products.mjs localhost:50051 [SKU…]
import { setTimeout as sleep } from 'node:timers/promises'
import grpc from '@grpc/grpc-js'
import protoLoader from '@grpc/proto-loader'

const [address, ...skus] = process.argv.slice(2)
if (address === undefined) {
	console.error('usage: watch-products.mjs HOST:PORT [SKU…]')
	process.exit(1)
}

const files = ['mercat/catalog/v1/catalog_service.proto']
const options = { includeDirs: ['proto'], longs: Number, enums: String, defaults: true, oneofs: true }
const { CatalogService } = grpc.loadPackageDefinition(protoLoader.loadSync(files, options)).mercat.catalog.v1
const catalog = new CatalogService(address, grpc.credentials.createInsecure())

// A program that is to go on after its own restart stores the copy and the token, both in one transaction for each message.
const products = new Map()
let token = ''
let isComplete = false

function apply({ changes, resumeToken, initialStateComplete }) {
	for (const { sku, change, product, price, availableQuantity } of changes) {
		const known = products.get(sku)
		if (change === 'product') products.set(sku, { ...product, availableQuantity: known?.availableQuantity ?? 0 })
		else if (known === undefined) continue
		else if (change === 'price') Object.assign(known, price)
		else known.availableQuantity = availableQuantity
		if (isComplete) console.log(sku, change, products.get(sku).price.amountMinor, products.get(sku).availableQuantity)
	}
	token = resumeToken
	if (initialStateComplete) {
		isComplete = true
		console.log('copied', products.size)
	}
}

for (;;) {
	try {
		const request = { filter: { skus }, resumeToken: token, sendInitialState: !isComplete }
		for await (const message of catalog.watchProducts(request)) apply(message)
	} catch (error) {
		console.error(grpc.status[error.code], error.details)
		if (error.code === grpc.status.OUT_OF_RANGE) {
			// The changes after the token are not known any more: begin anew.
			products.clear()
			token = ''
			isComplete = false
		} else if (error.code !== grpc.status.UNAVAILABLE && error.code !== grpc.status.RESOURCE_EXHAUSTED) throw error
	}
	await sleep(200 + Math.random() * 800)
}
