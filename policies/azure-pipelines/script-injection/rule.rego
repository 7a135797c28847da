# METADATA
# scope: package
# title: Text of others put into a script
# description: "`$( )` and `${{ }}` are replaced before the script is run, so a commit message or the name of a branch becomes part of the program: whoever can push a branch or open a pull request runs commands with the rights of the pipeline."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/security/inputs
# custom:
#   id: azure-pipelines/script-injection
#   severity: high
#   remediation: "Read the variable of the environment in the script, in quotes: `\"$BUILD_SOURCEVERSIONMESSAGE\"`."
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.script_injection

import rego.v1

# Variables with a text that others write.
texts := {
	"build.sourceversionmessage", "build.sourceversionauthor", "build.sourcebranch", "build.sourcebranchname", "build.requestedfor",
	"system.pullrequest.sourcebranch", "system.pullrequest.sourcebranchname", "system.pullrequest.sourcerepositoryuri",
	"system.pullrequest.title", "system.pullrequest.description", "system.pullrequest.pullrequesttitle", "release.requestedfor",
}

deny contains result if {
	some script in data.lib.azure.scripts
	some filled in data.lib.azure.filled_in(script.text)
	is_text_of_others(filled.name)
	result := {
		"msg": sprintf("%s puts `%s` into its script, and others write that", [script.step.subject, filled.text]),
		"path": script.path,
		"text": filled.text,
	}
}

is_text_of_others(name) if name in texts

# A variable that was given such a text.
is_text_of_others(name) if {
	some variable in data.lib.azure.variables
	lower(variable.name) == name
	some filled in data.lib.azure.filled_in(sprintf("%v", [variable.value]))
	filled.name in texts
}

# What a hook from outside brings.
is_text_of_others(name) if {
	hook := input.resources.webhooks[_].webhook
	is_string(hook)
	startswith(name, sprintf("parameters.%s.", [lower(hook)]))
}
