# METADATA
# scope: package
# title: Old field for the service account
# description: "`serviceAccount` is a deprecated alias; where both fields are set, `serviceAccountName` wins and the reader is misled."
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   id: kubernetes/service-account-field
#   severity: low
#   remediation: Name the account in `serviceAccountName` alone.
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:deprecated-service-account-field
package kubernetes.service_account_field

import rego.v1

deny contains result if {
	some pod in data.lib.kubernetes.pods
	account := pod.spec.serviceAccount
	is_string(account)
	# The API server writes both: what it gave out has them alike.
	account != object.get(pod.spec, "serviceAccountName", null)
	result := {
		"msg": sprintf("%s names its service account in the deprecated field", [data.lib.kubernetes.name]),
		"path": array.concat(pod.path, ["serviceAccount"]),
	}
}
