# METADATA
# scope: package
# title: Environment written from what strangers sent
# description: "Whoever decides a line of $GITHUB_ENV or $GITHUB_PATH decides which programs and libraries every later step runs: `LD_PRELOAD`, `NODE_OPTIONS` or a folder in front of the path are enough to take over a run that has the rights of the repository."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
#   - https://codeql.github.com/codeql-query-help/actions/actions-envvar-injection-critical/
# custom:
#   id: github-actions/environment-file
#   severity: high
#   remediation: "Hand values on through `$GITHUB_OUTPUT`, which sets no variable; else check that the value is one line of the form you expect."
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:github-env
package github_actions.environment_file

import rego.v1

# Constant lines do no harm, and what only people with rights start is theirs to break.
deny contains result if {
	data.lib.github.is_privileged
	some script in data.lib.github.scripts
	data.lib.github.contains_any(script.text, {"GITHUB_ENV", "GITHUB_PATH"})
	some command in data.lib.script.commands(script.text)
	some file in ["GITHUB_ENV", "GITHUB_PATH"]
	regex.match(sprintf(`(>>?|tee([[:space:]]+-[a-z]+)*|Add-Content|Out-File)[^|;&]*%s`, [file]), command.joined)
	is_open(command.joined)
	result := {
		"msg": sprintf("%s writes `$%s`, and strangers start this workflow with the rights of the repository", [script.step.subject, file]),
		"path": script.path,
		"text": command.line,
	}
}

# True unless every word of what is written is a constant.
is_open(line) if {
	kept := regex.replace(line, `(>>?|tee|Add-Content|Out-File)[^|;&]*GITHUB_(ENV|PATH)[^|;&]*`, "")
	not regex.match(`^[({[:space:]]*(echo|printf)[[:space:]][^$\x60]*$`, kept)
	not regex.match(`^[({[:space:]]*(echo|printf)[[:space:]][^$\x60]*([$]\{?(HOME|PWD|GITHUB_WORKSPACE|RUNNER_TEMP|GITHUB_SHA|GITHUB_RUN_ID)\}?[^$\x60]*)+$`, kept)
	not is_constant_expression(kept)
}

# Numbers, hashes and names that are checked.
is_constant_expression(line) if {
	plain := regex.replace(line, `[$]\{\{[[:space:]]*(github\.(sha|run_id|run_number|repository|event\.(number|pull_request\.(number|head\.sha|base\.sha)|issue\.number))|runner\.[a-z_]+|inputs\.[a-z_-]+|secrets\.[A-Za-z0-9_]+|vars\.[A-Za-z0-9_]+)[[:space:]]*\}\}`, "")
	regex.match(`^[({[:space:]]*(echo|printf)[[:space:]][^$\x60]*$`, plain)
}
