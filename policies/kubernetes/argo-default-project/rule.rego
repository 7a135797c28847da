# METADATA
# scope: package
# title: Application in the default project
# description: "The default project has no borders: any source, any destination, any kind."
# related_resources:
#   - https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#the-default-project
# custom:
#   id: kubernetes/argo-default-project
#   severity: low
#   remediation: Make a project for the team and name it.
#   profiles:
#     - strict
package kubernetes.argo_default_project

import rego.v1

deny contains result if {
	some application in data.lib.argo.applications
	application.spec.project in {"default", ""}
	result := {
		"msg": sprintf("%s is in the project without borders", [data.lib.kubernetes.name]),
		"path": array.concat(application.path, ["project"]),
	}
}
