# METADATA
# scope: package
# title: Result of a check thrown away
# description: "A check that may fail stops nothing: what it finds is delivered, and soon nobody reads it."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/process/tasks#task-control-options
# custom:
#   id: azure-pipelines/ignored-check
#   severity: medium
#   remediation: Let the check fail the pipeline, and accept single findings where the checker keeps its exceptions.
#   profiles:
#     - strict
package azure_pipelines.ignored_check

import rego.v1

deny contains result if {
	some owner in array.concat(data.lib.azure.steps, data.lib.azure.jobs)
	data.lib.azure.is_true(owner.spec.continueOnError)
	is_check(owner.spec)
	result := {
		"msg": sprintf("%s may fail, and stops nothing", [owner.subject]),
		"path": array.concat(owner.path, ["continueOnError"]),
	}
}

is_check(spec) if {
	text := spec[["displayName", "name", "job", "task", "script", "bash"][_]]
	is_string(text)
	data.lib.scanners.is_check_name(split(text, "\n")[0])
}

deny contains result if {
	some script in data.lib.azure.scripts
	some command in data.lib.script.commands(script.text)
	some program in data.lib.scanners.ignored(command.joined)
	result := {
		"msg": sprintf("%s throws away what `%s` says", [script.step.subject, program]),
		"path": script.path,
		"text": command.line,
	}
}
