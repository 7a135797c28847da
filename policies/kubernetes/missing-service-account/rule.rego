# METADATA
# scope: package
# title: Pod of an account that is not there
# description: Nothing that is delivered with it makes this service account, and pods without theirs are not created.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/service-accounts/
# custom:
#   id: kubernetes/missing-service-account
#   severity: low
#   remediation: Deliver the account, or correct its name.
#   input: documents
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:non-existent-service-account
package kubernetes.missing_service_account

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	some workload in data.lib.cluster.workloads
	account := workload.spec.serviceAccountName
	is_string(account)
	not account in {"default", ""}
	# Where none is delivered they lie elsewhere.
	some namespace in namespaces
	data.lib.cluster.meets(namespace, workload.namespace)
	not is_there(account, workload.namespace)
	result := {
		"msg": sprintf("%s runs as service account `%s`, which is not there", [data.lib.cluster.shown(workload.item), account]),
		"path": array.concat(workload.path, ["serviceAccountName"]),
	}
}

namespaces := {data.lib.cluster.namespace_of(input[place].contents) | some place in data.lib.cluster.of("ServiceAccount")}

by_name := data.lib.cluster.grouped([[name, namespace] |
	some place in data.lib.cluster.of("ServiceAccount")
	name := data.lib.cluster.name_of(input[place].contents)
	namespace := data.lib.cluster.namespace_of(input[place].contents)
])

is_there(name, namespace) if {
	some other in by_name[name]
	data.lib.cluster.meets(other, namespace)
}
