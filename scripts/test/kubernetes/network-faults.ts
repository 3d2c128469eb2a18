import { containerOf, type Manifest, type Pods, podsOf, type Selector, selects } from './manifests.ts'

type Peer = { podSelector?: Selector; namespaceSelector?: Selector; ipBlock?: unknown }
type Rule = { from?: Peer[]; to?: Peer[]; ports?: { port: number }[] }
type Policy = { podSelector: Selector; policyTypes: string[]; ingress?: Rule[]; egress?: Rule[] }

/** What the policies permit and nothing needs, and what they forbid although a setting needs it, each in a sentence. */
export function networkFaults(manifests: Manifest[]): string[] {
	const pods = podsOf(manifests)
	const policies = manifests
		.filter(({ kind }) => kind === 'NetworkPolicy')
		.map(({ metadata, spec }) => ({ name: metadata.name, ...(spec as Policy) }))
	const deniesAll = policies.some(
		({ podSelector, policyTypes, ingress, egress }) =>
			selects(podSelector, {}) && policyTypes.length === 2 && ingress === undefined && egress === undefined,
	)
	return [
		...(deniesAll ? [] : ['no policy denies everything else']),
		...policies.flatMap(({ name, podSelector, ingress = [], egress = [] }) => {
			const selected = pods.filter(({ labels }) => selects(podSelector, labels))
			return [
				...(selected.length > 0 ? [] : [`NetworkPolicy ${name} is for no pod`]),
				...ingress.flatMap((rule) => openFaults(name, rule, selected)),
				...[...ingress, ...egress].flatMap((rule) => peerFaults(name, rule, pods)),
				...egress.flatMap((rule) => {
					const targets = ownPeers(rule).flatMap((peer) => pods.filter(({ labels }) => selects(peer, labels)))
					return targets.length === 0 ? [] : openFaults(name, rule, targets)
				}),
			]
		}),
		...pods.flatMap((caller) => callFaults(caller, pods, policies)),
	]
}

/** A rule permits only ports that each of the pods has. */
function openFaults(name: string, { ports = [] }: Rule, pods: Pods[]): string[] {
	return ports
		.filter(({ port }) => !pods.every((each) => hasPort(each, port)))
		.map(({ port }) => `NetworkPolicy ${name} opens ${port}, which its pods do not have`)
}

function peerFaults(name: string, rule: Rule, pods: Pods[]): string[] {
	return ownPeers(rule)
		.filter((peer) => !pods.some(({ labels }) => selects(peer, labels)))
		.map(() => `NetworkPolicy ${name} names pods that do not exist`)
}

/** A pod that is told the address of another one may call it. */
function callFaults(caller: Pods, pods: Pods[], policies: (Policy & { name: string })[]): string[] {
	return (containerOf(caller).env ?? []).flatMap(({ name, value = '' }) => {
		const [, host, port] = /^(?:dns:\/\/\/|http:\/\/)([a-z]+):(\d+)$/.exec(value) ?? []
		if (host === undefined) return []
		const called = pods.find(({ owner }) => owner === `Deployment ${host}`)
		if (called === undefined) return [`${name} of ${caller.owner} leads to no pods`]
		const may = (from: Pods, to: Pods, way: 'ingress' | 'egress') =>
			policies.some(
				({ podSelector, [way]: rules = [] }) =>
					selects(podSelector, from.labels) &&
					rules.some(
						(rule) =>
							ownPeers(rule).some((peer) => selects(peer, to.labels)) &&
							rule.ports?.some((permitted) => permitted.port === Number(port)),
					),
			)
		return may(caller, called, 'egress') && may(called, caller, 'ingress')
			? []
			: [`${caller.owner} may not call ${host}:${port}, which its ${name} names`]
	})
}

/** The selectors of pods in the namespace of the policy. */
function ownPeers({ from = [], to = [] }: Rule): Selector[] {
	return [...from, ...to].flatMap(({ podSelector, namespaceSelector }) =>
		podSelector !== undefined && namespaceSelector === undefined ? [podSelector] : [],
	)
}

function hasPort(pods: Pods, port: number): boolean {
	return containerOf(pods).ports?.some(({ containerPort }) => containerPort === port) ?? false
}
