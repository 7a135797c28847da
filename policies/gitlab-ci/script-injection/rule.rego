# METADATA
# scope: package
# title: Text of others run as a command
# description: "A commit message, a title or the name of a branch is filled in before the second shell reads the line, so what stands in it becomes part of the program: whoever can open a merge request runs commands with the variables of the job."
# related_resources:
#   - https://docs.gitlab.com/ci/variables/predefined_variables/
#   - https://docs.gitlab.com/ci/pipelines/pipeline_security/
# custom:
#   id: gitlab-ci/script-injection
#   severity: high
#   remediation: "Leave the second shell out, or hand the text over as an argument or a variable that it reads itself: `sh -c 'echo \"$1\"' sh \"$CI_COMMIT_TITLE\"`."
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.script_injection

import rego.v1

# Variables with a text that others write.
texts := {
	"CI_COMMIT_AUTHOR", "CI_COMMIT_BRANCH", "CI_COMMIT_DESCRIPTION", "CI_COMMIT_MESSAGE", "CI_COMMIT_REF_NAME", "CI_COMMIT_TAG",
	"CI_COMMIT_TAG_MESSAGE", "CI_COMMIT_TITLE", "CI_BUILD_REF_NAME", "CI_MERGE_REQUEST_DESCRIPTION", "CI_MERGE_REQUEST_LABELS",
	"CI_MERGE_REQUEST_MILESTONE", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_MERGE_REQUEST_TITLE",
	"CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME", "CI_OPEN_MERGE_REQUESTS", "GITLAB_USER_NAME", "TRIGGER_PAYLOAD",
}

# Programs that read a program in an argument, and the option before it; `eval` and the like read all they get.
second := `(^|[^A-Za-z0-9_.-])((ba|z|k|da|a)?sh|su|runuser|python[0-9.]*|perl|ruby|node|php|pwsh|powershell)([[:space:]]+[^|;&]*)?[[:space:]]-[a-zA-Z]*([cCeEr]|ommand)[[:space:]]+("|[$])|(^|[^A-Za-z0-9_.-])(eval|Invoke-Expression|iex|ssh|watch|parallel)[[:space:]]`

deny contains result if {
	some script in data.lib.gitlab.scripts
	contains(script.text, "$")
	some command in data.lib.script.commands(script.text)
	regex.match(second, command.joined)
	some name in named(command.joined)
	is_text_of_others(script.owner, name)
	result := {
		"msg": sprintf("%s runs what stands in `%s` as a command", [script.owner.subject, name]),
		"path": script.path,
		"text": command.line,
	}
}

# Variables that the first shell fills in: those in single quotes are left to the second.
named(line) := {found[1] | some found in regex.find_all_string_submatch_n(`[$]\{?([A-Za-z_][A-Za-z0-9_]*)`, data.lib.script.without_single_quoted(line), -1)}

is_text_of_others(_, name) if name in texts

# A variable of the pipeline that was given such a text.
is_text_of_others(owner, name) if {
	some variable in data.lib.gitlab.variables
	variable.name == name
	variable.owner.path in [owner.path, []]
	some text in texts
	regex.match(sprintf(`[$]\{?%s([^A-Za-z0-9_]|$)`, [text]), sprintf("%v", [variable.value]))
}
