import { spawnSync } from 'node:child_process'

/** A Python that can call gRPC. */
export type Python = {
	program: string
	/** The command that generates the code of messages, and its first arguments. */
	generator: string[]
	/** Whether it has `google.rpc`, and so reads the reasons of errors. */
	hasReasons: boolean
}

export const pythonLack = 'no python3 has grpcio and a generator of its code'

const runs = (program: string, args: string[]) => spawnSync(program, args).status === 0
const plugin = '/usr/bin/grpc_python_plugin'

/** The first Python of `PATH`, or that of Debian. Continuous integration installs what it needs. */
export function findPython(): Python | undefined {
	for (const program of ['python3', '/usr/bin/python3']) {
		const imports = (modules: string) => runs(program, ['-c', `import ${modules}`])
		if (!imports('grpc')) continue
		const hasReasons = imports('google.rpc.status_pb2')
		if (imports('grpc_tools.protoc')) return { program, generator: [program, '-m', 'grpc_tools.protoc'], hasReasons }
		if (runs('protoc', ['--version']) && runs('test', ['-x', plugin])) {
			return { program, generator: ['protoc', `--plugin=protoc-gen-grpc_python=${plugin}`], hasReasons }
		}
	}
	if (process.env['CI'] !== undefined) throw new Error(pythonLack)
	console.warn(`the tests of examples/call_catalog.py are left out, because ${pythonLack}`)
	return undefined
}
