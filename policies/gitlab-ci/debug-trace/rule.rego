# METADATA
# scope: package
# title: Every variable printed
# description: "A debug trace writes every command with its values into the log, secrets among them, for all who can read the log."
# related_resources:
#   - https://docs.gitlab.com/ci/variables/variables_troubleshooting/#enable-debug-logging
# custom:
#   id: gitlab-ci/debug-trace
#   severity: high
#   remediation: Remove the variable, and set it by hand for the one run that you look at.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.debug_trace

import rego.v1

deny contains result if {
	some variable in data.lib.gitlab.variables
	variable.name in {"CI_DEBUG_TRACE", "CI_DEBUG_SERVICES"}
	data.lib.gitlab.is_on(variable.value)
	result := {
		"msg": sprintf("%s writes every value into the log: `%s`", [variable.owner.subject, variable.name]),
		"path": variable.path,
	}
}
