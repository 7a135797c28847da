# METADATA
# scope: package
# title: Role that changes admission webhooks
# description: A webhook reads every object on its way into the cluster, Secrets among them, and may change or refuse it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
# custom:
#   id: kubernetes/rbac-webhooks
#   severity: medium
#   remediation: Let only the people who administer the cluster, and the operator that owns a webhook, change it.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.12
#     - nsa-cisa-1.2/rbac
#   equivalents:
#     - trivy:KSV-0114
#     - checkov:CKV_K8S_155
package kubernetes.rbac_webhooks

import rego.v1

deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	"admissionregistration.k8s.io" in entry.apiGroups
	resource := entry.resources[position]
	resource in {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}
	is_open(entry)
	entry.verbs[_] in {"create", "update", "patch", "delete", "deletecollection", "*"}
	result := {
		"msg": sprintf("%s may change %s", [data.lib.kubernetes.name, resource]),
		"path": ["rules", index, "resources", position],
	}
}

# Operators that renew the certificate of their own webhook name it.
is_open(entry) if not entry.resourceNames[0]
