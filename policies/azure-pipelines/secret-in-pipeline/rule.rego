# METADATA
# scope: package
# title: Secret written into a pipeline
# description: A secret in the file is readable by all who can read the repository and its history, and logs do not hide it.
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/process/set-secret-variables
# custom:
#   id: azure-pipelines/secret-in-pipeline
#   severity: high
#   remediation: Make it a secret variable or take it from a key vault, hand it over in `env`, and replace the one that was written down.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.secret_in_pipeline

import rego.v1

deny contains result if {
	some variable in data.lib.azure.variables
	is_written_down(variable.name, variable.value)
	result := {
		"msg": sprintf("%s has a secret written into variable `%s`", [variable.subject, variable.name]),
		"path": variable.path,
		"conceal": written(variable.name, variable.value),
	}
}

deny contains result if {
	some step in data.lib.azure.steps
	some name
	value := step.spec.inputs[name]
	is_written_down(name, value)
	result := {
		"msg": sprintf("%s has a secret written into input `%s`", [step.subject, name]),
		"path": array.concat(step.path, ["inputs", name]),
		"conceal": written(name, value),
	}
}

deny contains result if {
	some index
	parameter := input.parameters[index]
	is_written_down(parameter.name, parameter["default"])
	result := {
		"msg": sprintf("parameter `%v` has a secret as its default", [parameter.name]),
		"path": ["parameters", index, "default"],
		"conceal": written(parameter.name, parameter["default"]),
	}
}

deny contains result if {
	some script in data.lib.azure.scripts
	data.lib.secrets.is_secret_value(script.text)
	line := split(script.text, "\n")[_]
	data.lib.secrets.is_secret_value(line)
	result := {
		"msg": sprintf("%s has a secret written into its script", [script.step.subject]),
		"path": script.path,
		"text": trim_space(line),
	}
}

written(name, value) := data.lib.secrets.concealed(sprintf("%v", [name]), value)

is_written_down(name, value) if {
	not regex.match(`[$][({\[]`, sprintf("%v", [value]))
	data.lib.secrets.is_disclosed(sprintf("%v", [name]), value)
}
