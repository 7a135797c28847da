# METADATA
# scope: package
# title: Secret written to the log
# description: "Logs are read by more people than secrets are meant for, and are hidden only where a variable was marked to be, and only in the form it has."
# related_resources:
#   - https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable
# custom:
#   id: gitlab-ci/secret-printed
#   severity: medium
#   remediation: Remove the line; to see whether a variable is set, print its length.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.secret_printed

import rego.v1

deny contains result if {
	some script in data.lib.gitlab.scripts
	some command in data.lib.script.commands(script.text)
	some what in data.lib.script.printed_secrets(command.joined)
	result := {
		"msg": sprintf("%s writes %s to the log", [script.owner.subject, what]),
		"path": script.path,
		"text": command.line,
	}
}
