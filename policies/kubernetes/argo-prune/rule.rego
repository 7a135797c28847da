# METADATA
# scope: package
# title: Sync that deletes without a safeguard
# description: What disappears from the repository is deleted at once, by a wrong merge too; with `allowEmpty` even all of it.
# related_resources:
#   - https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
#   - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
# custom:
#   id: kubernetes/argo-prune
#   severity: low
#   remediation: Never allow an empty sync, and prune last (`PruneLast=true`) or on confirmation (`Prune=confirm`).
#   profiles:
#     - recommended
#     - strict
package kubernetes.argo_prune

import rego.v1

deny contains result if {
	some application in data.lib.argo.applications
	application.spec.syncPolicy.automated.prune == true
	application.spec.syncPolicy.automated.allowEmpty == true
	result := {
		"msg": sprintf("%s deletes everything when its source is empty", [data.lib.kubernetes.name]),
		"path": array.concat(application.path, ["syncPolicy", "automated", "allowEmpty"]),
		"severity": "medium",
	}
}

deny contains result if {
	some application in data.lib.argo.applications
	application.spec.syncPolicy.automated.prune == true
	not is_careful(application)
	result := {
		"msg": sprintf("%s deletes what its source does not name, without a safeguard", [data.lib.kubernetes.name]),
		"path": array.concat(application.path, ["syncPolicy", "automated", "prune"]),
	}
}

is_careful(application) if {
	option := application.spec.syncPolicy.syncOptions[_]
	option in {"PruneLast=true", "Prune=confirm", "Prune=false", "Delete=confirm"}
}
