# METADATA
# scope: package
# title: API version that is gone
# description: The cluster does not know this version any more and refuses the object.
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# custom:
#   id: kubernetes/removed-api
#   severity: medium
#   remediation: Move to the version that follows it; fields may have other names there.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - trivy:KSV-0107
#     - kube-linter:no-extensions-v1beta
package kubernetes.removed_api

import rego.v1

# Of the cluster that `parameters.kubernetes_version` names, else of the newest.
deny contains result if {
	fact := data.lib.apis.removal
	result := {
		"msg": sprintf("%s: %s was removed in %s, use %s", [data.lib.kubernetes.name, input.apiVersion, fact.by, fact.next]),
		"path": ["apiVersion"],
	}
}
