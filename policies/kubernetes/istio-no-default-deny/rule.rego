# METADATA
# scope: package
# title: Mesh that admits by default
# description: Policies say who may call these pods, but pods that no policy selects may be called by everyone.
# related_resources:
#   - https://istio.io/latest/docs/ops/best-practices/security/#use-default-deny-patterns
# custom:
#   id: kubernetes/istio-no-default-deny
#   severity: low
#   remediation: Add an AuthorizationPolicy with an empty spec to the namespace, or to the root namespace for all.
#   input: documents
#   objects:
#     - security.istio.io/AuthorizationPolicy
#   profiles:
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/network-separation
package kubernetes.istio_no_default_deny

import rego.v1

deny contains result if {
	some place in data.lib.cluster.of("AuthorizationPolicy")
	policy := input[place].contents
	data.lib.cluster.group_of(policy) == "security.istio.io"
	namespace := data.lib.cluster.namespace_of(policy)
	# One finding a namespace: at its first policy.
	not is_later(place, namespace)
	not is_shut(namespace)
	result := {
		"msg": sprintf("no policy shuts the namespace of %s by default", [data.lib.cluster.shown(policy)]),
		"path": [place, "contents", "kind"],
	}
}

is_later(place, namespace) if {
	some other in data.lib.cluster.of("AuthorizationPolicy")
	other < place
	data.lib.cluster.namespace_of(input[other].contents) == namespace
}

is_shut(namespace) if {
	some place in data.lib.cluster.of("AuthorizationPolicy")
	policy := input[place].contents
	data.lib.cluster.namespace_of(policy) in {namespace, "istio-system", ""}
	not policy.spec.selector
	not policy.spec.targetRefs
	not policy.spec.targetRef
	not policy.spec.rules[0]
	object.get(policy, ["spec", "action"], "ALLOW") == "ALLOW"
}
