# METADATA
# scope: package
# title: Command that runners no longer take
# description: "Commands in the output let any line that a program prints steer the run; runners are dropping them, and the step will then set nothing."
# related_resources:
#   - https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/
# custom:
#   id: github-actions/deprecated-command
#   severity: low
#   remediation: Write to `$GITHUB_OUTPUT`, `$GITHUB_STATE`, `$GITHUB_ENV` or `$GITHUB_PATH`.
#   profiles:
#     - strict
package github_actions.deprecated_command

import rego.v1

deny contains result if {
	some script in data.lib.github.scripts
	line := data.lib.github.lines_with(script.text, {"::set-output", "::save-state", "::set-env", "::add-path"})[_]
	name := regex.find_all_string_submatch_n(`(^|[^A-Za-z])::(set-output|save-state|set-env|add-path)`, line, 1)[0][2]
	not startswith(trim_space(line), "#")
	result := {
		"msg": sprintf("%s prints the command `%s`", [script.step.subject, name]),
		"path": script.path,
		"text": trim_space(line),
	}
}
