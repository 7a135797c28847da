# METADATA
# scope: package
# title: Artifact of strangers unpacked over the workspace
# description: "The workflow that `workflow_run` follows may have run the code of a stranger's pull request, and its artifacts hold what that code wrote: unpacked into the workspace, they replace scripts and configuration that later steps run with the rights of the repository."
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
#   - https://codeql.github.com/codeql-query-help/actions/actions-artifact-poisoning-critical/
# custom:
#   id: github-actions/artifact-of-strangers
#   severity: medium
#   remediation: "Unpack it into a folder below `${{ runner.temp }}`, and take what is in it for text that anyone may have written."
#   profiles:
#     - recommended
#     - strict
package github_actions.artifact_of_strangers

import rego.v1

downloads := {
	"actions/download-artifact": "run-id",
	"dawidd6/action-download-artifact": "run_id",
	"aochmann/actions-download-artifact": "run_id",
	"levonet/action-download-last-artifact": "name",
	"bettermarks/action-artifact-download": "artifact_name",
}

deny contains result if {
	"workflow_run" in data.lib.github.events
	some step in data.lib.github.steps
	name := downloads[data.lib.github.action_name(step.spec.uses)]
	is_of_other_run(step, name)
	not is_aside(data.lib.github.with_input(step, "path"))
	result := {
		"msg": sprintf("%s unpacks what strangers may have written over the workspace", [step.subject]),
		"path": array.concat(step.path, ["uses"]),
	}
}

deny contains result if {
	"workflow_run" in data.lib.github.events
	some script in data.lib.github.scripts
	contains(script.text, "gh run download")
	some command in data.lib.script.commands(script.text)
	contains(command.joined, "gh run download")
	not regex.match(`(-D|--dir)[ =]"?[$](\{?RUNNER_TEMP|\{\{ *runner\.temp)`, command.joined)
	not regex.match(`(-D|--dir)[ =]"?/tmp/`, command.joined)
	result := {
		"msg": sprintf("%s unpacks what strangers may have written over the workspace", [script.step.subject]),
		"path": script.path,
		"text": command.line,
	}
}

# Without a run the official action takes what this very run made.
is_of_other_run(step, name) if {
	name == "run-id"
	data.lib.github.with_input(step, name) != null
}

is_of_other_run(_, name) if name != "run-id"

is_aside(path) if {
	is_string(path)
	regex.match(`^([$]\{\{ *runner\.temp *\}\}|/tmp)(/|$)`, path)
}
