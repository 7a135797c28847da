# METADATA
# scope: package
# title: Commands in the output switched on again
# description: "With this variable the runner again takes commands from whatever a step prints: one line of somebody's text sets a variable or a path for all steps behind it."
# related_resources:
#   - https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/
# custom:
#   id: github-actions/insecure-commands
#   severity: high
#   remediation: Remove the variable and write to `$GITHUB_ENV` and `$GITHUB_PATH`.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:insecure-commands
#     - checkov:CKV_GHA_1
package github_actions.insecure_commands

import rego.v1

deny contains result if {
	some environment in data.lib.github.environments
	some name
	value := environment.values[name]
	upper(name) == "ACTIONS_ALLOW_UNSECURE_COMMANDS"
	not data.lib.github.is_false(value)
	result := {
		"msg": sprintf("%s lets the runner take commands from what steps print", [environment.subject]),
		"path": array.concat(environment.path, [name]),
	}
}

# Written for the steps behind it.
deny contains result if {
	some script in data.lib.github.scripts
	line := data.lib.github.lines_with(script.text, {"ACTIONS_ALLOW_UNSECURE_COMMANDS"})[_]
	regex.match(`ACTIONS_ALLOW_UNSECURE_COMMANDS[^=]*=["' ]*(true|1)`, line)
	result := {
		"msg": sprintf("%s lets the runner take commands from what steps print", [script.step.subject]),
		"path": script.path,
		"text": trim_space(line),
	}
}
