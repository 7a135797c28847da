# METADATA
# scope: package
# title: Role that reads Secrets
# description: Whoever holds the role reads every Secret in its reach, tokens of other service accounts among them; list and watch show the contents too.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: kubernetes/rbac-secrets
#   severity: medium
#   remediation: Name the Secrets in `resourceNames` and leave out list and watch, or mount them.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.2
#     - nsa-cisa-1.2/rbac
#   equivalents:
#     - trivy:KSV-0041
#     - kube-linter:access-to-secrets
package kubernetes.rbac_secrets

import rego.v1

deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	"" in entry.apiGroups
	resource := entry.resources[position]
	resource == "secrets"
	verbs := [verb | verb := entry.verbs[_]; reads(entry, verb)]
	count(verbs) > 0
	result := {
		"msg": sprintf("%s may %s Secrets", [data.lib.kubernetes.name, concat(", ", verbs)]),
		"path": ["rules", index, "resources", position],
	}
}

# A single Secret by name can only be had with get.
reads(entry, "get") if not entry.resourceNames

reads(_, verb) if verb in {"list", "watch"}
