# METADATA
# scope: package
# title: Variable set twice
# description: The last of two variables of one name wins without a word, and tools that merge lists may keep the other.
# related_resources:
#   - https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
# custom:
#   id: kubernetes/duplicate-env
#   severity: low
#   remediation: Remove one of them.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:duplicate-env-var
package kubernetes.duplicate_env

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	some index, other
	variable := container.spec.env[index]
	earlier := container.spec.env[other]
	other < index
	earlier.name == variable.name
	result := {
		"msg": sprintf("%s sets variable `%v` twice", [container.subject, variable.name]),
		"path": array.concat(container.path, ["env", index, "name"]),
	}
}
