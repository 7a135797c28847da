# METADATA
# scope: package
# title: Role that approves certificates
# description: Who approves a signing request, or signs one, makes credentials for any name the request holds, administrators among them.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/
# custom:
#   id: kubernetes/rbac-certificate-approval
#   severity: high
#   remediation: Leave approval to the controllers of the cluster and to its administrators.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.11
#     - nsa-cisa-1.2/rbac
#   equivalents:
#     - checkov:CKV_K8S_156
package kubernetes.rbac_certificate_approval

import rego.v1

deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	"certificates.k8s.io" in entry.apiGroups
	resource := entry.resources[position]
	resource in {"certificatesigningrequests/approval", "certificatesigningrequests/status"}
	entry.verbs[_] in {"update", "patch", "*"}
	result := {
		"msg": sprintf("%s may approve or sign certificates", [data.lib.kubernetes.name]),
		"path": ["rules", index, "resources", position],
	}
}

deny contains result if {
	input.kind == "ClusterRole"
	some index, position
	entry := input.rules[index]
	"certificates.k8s.io" in entry.apiGroups
	"signers" in entry.resources
	verb := entry.verbs[position]
	verb in {"approve", "sign"}
	not names_signer(entry)
	result := {
		"msg": sprintf("%s may %s for every signer", [data.lib.kubernetes.name, verb]),
		"path": ["rules", index, "verbs", position],
	}
}

names_signer(entry) if {
	names := entry.resourceNames
	is_array(names)
	count(names) > 0
	every name in names {
		is_own(name)
	}
}

# The signers that come with Kubernetes make credentials for the API or the kubelet.
is_own(name) if {
	is_string(name)
	not startswith(name, "kubernetes.io/")
	name != "*"
}
