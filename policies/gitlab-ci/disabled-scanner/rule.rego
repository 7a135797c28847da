# METADATA
# scope: package
# title: Scanner of GitLab switched off
# description: "With this variable the scanner that a template brings is left out of every pipeline, and nobody sees that it is not there."
# related_resources:
#   - https://docs.gitlab.com/user/application_security/detect/
# custom:
#   id: gitlab-ci/disabled-scanner
#   severity: medium
#   remediation: Remove the variable, and leave out paths or rules that do not fit.
#   profiles:
#     - strict
package gitlab_ci.disabled_scanner

import rego.v1

switches := {
	"SAST_DISABLED", "SECRET_DETECTION_DISABLED", "DEPENDENCY_SCANNING_DISABLED", "CONTAINER_SCANNING_DISABLED", "DAST_DISABLED",
	"API_FUZZING_DISABLED", "COVFUZZ_DISABLED", "CODE_QUALITY_DISABLED", "LICENSE_MANAGEMENT_DISABLED", "SAST_IAC_DISABLED",
}

deny contains result if {
	some variable in data.lib.gitlab.variables
	variable.name in switches
	data.lib.gitlab.is_on(variable.value)
	result := {
		"msg": sprintf("%s switches a scanner off: `%s`", [variable.owner.subject, variable.name]),
		"path": variable.path,
	}
}
