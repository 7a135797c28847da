# METADATA
# scope: package
# title: Task without a version
# description: "Without a major version the newest one is taken, with whatever it changed."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/process/tasks#task-versions
# custom:
#   id: azure-pipelines/unversioned-task
#   severity: medium
#   remediation: "Name the major version: `Npm@1`."
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.unversioned_task

import rego.v1

deny contains result if {
	some step in data.lib.azure.steps
	step.kind == "task"
	task := step.spec.task
	is_string(task)
	not contains(task, "${{")
	not regex.match(`@[0-9]+`, task)
	result := {
		"msg": sprintf("task `%s` names no version", [task]),
		"path": array.concat(step.path, ["task"]),
	}
}
