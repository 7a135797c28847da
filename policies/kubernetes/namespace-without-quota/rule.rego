# METADATA
# scope: package
# title: Namespace without limits
# description: Nothing bounds what its pods use together, so one namespace can take the nodes from all others.
# related_resources:
#   - https://kubernetes.io/docs/concepts/policy/resource-quotas/
# custom:
#   id: kubernetes/namespace-without-quota
#   severity: low
#   remediation: Add a ResourceQuota, and a LimitRange for what single pods leave out.
#   input: documents
#   objects:
#     - Namespace
#   profiles:
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/resource-policies
#   equivalents:
#     - trivy:KSV-0039
#     - trivy:KSV-0040
package kubernetes.namespace_without_quota

import rego.v1

deny contains result if {
	some place in data.lib.cluster.of("Namespace")
	namespace := input[place].contents
	data.lib.cluster.group_of(namespace) == ""
	name := data.lib.cluster.name_of(namespace)
	not name in {"kube-system", "kube-public", "kube-node-lease", ""}
	not is_bounded(name)
	result := {
		"msg": sprintf("%s has neither a ResourceQuota nor a LimitRange", [data.lib.cluster.shown(namespace)]),
		"path": [place, "contents", "metadata", "name"],
	}
}

is_bounded(name) if {
	some kind in ["ResourceQuota", "LimitRange"]
	some place in data.lib.cluster.of(kind)
	data.lib.cluster.meets(data.lib.cluster.namespace_of(input[place].contents), name)
}
