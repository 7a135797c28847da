# METADATA
# scope: package
# title: Role that can grant itself more
# description: With escalate, bind or impersonate, with tokens of service accounts, or with the proxy of nodes, the holder of the role makes itself an administrator.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: kubernetes/rbac-escalation
#   severity: high
#   remediation: Remove the verb or resource; let the people who administer the cluster grant roles.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.8
#     - cis-kubernetes-1.8/5.1.10
#     - cis-kubernetes-1.8/5.1.13
#     - nsa-cisa-1.2/rbac
#   equivalents:
#     - trivy:KSV-0043
#     - trivy:KSV-0050
#     - checkov:CKV_K8S_157
#     - checkov:CKV_K8S_158
package kubernetes.rbac_escalation

import rego.v1

deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	verb := entry.verbs[position]
	is_escalation(verb, entry)
	result := {
		"msg": sprintf("%s may %s", [data.lib.kubernetes.name, verb]),
		"path": ["rules", index, "verbs", position],
	}
}

is_escalation("escalate", entry) if has_any(entry.resources, {"roles", "clusterroles"})

is_escalation("bind", entry) if has_any(entry.resources, {"roles", "clusterroles"})

is_escalation("impersonate", entry) if has_any(entry.resources, {"users", "groups", "serviceaccounts", "userextras", "uids"})

has_any(values, wanted) if {
	value := values[_]
	value in (wanted | {"*"})
}

deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	"" in entry.apiGroups
	resource := entry.resources[position]
	some dangerous, verbs in {
		"serviceaccounts/token": {"create", "*"},
		"nodes/proxy": {"get", "create", "*"},
	}
	resource == dangerous
	verb := entry.verbs[_]
	verb in verbs
	result := {
		"msg": sprintf("%s may use %s", [data.lib.kubernetes.name, resource]),
		"path": ["rules", index, "resources", position],
	}
}
