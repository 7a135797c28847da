# METADATA
# scope: package
# title: Parameter put into a script
# description: "A parameter is replaced before the script is run, so it becomes part of the program: whoever may start the pipeline, or whatever uses the template, runs any command in its place."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/security/inputs#parameters
# custom:
#   id: azure-pipelines/parameter-injection
#   severity: medium
#   remediation: Hand it over as a variable in `env` and use that in quotes; or list its `values`.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.parameter_injection

import rego.v1

deny contains result if {
	some script in data.lib.azure.scripts
	some filled in data.lib.azure.filled_in(script.text)
	name := regex.find_all_string_submatch_n(`^parameters(?:\.([a-z0-9_-]+)|\[[[:space:]]*'([^']*)')`, filled.name, 1)[0]
	is_free(concat("", [name[1], name[2]]))
	result := {
		"msg": sprintf("%s puts `%s` into its script", [script.step.subject, filled.text]),
		"path": script.path,
		"text": filled.text,
	}
}

# Numbers, switches and choices are what they are; what is declared elsewhere is not known.
is_free(name) if {
	parameter := input.parameters[_]
	is_object(parameter)
	is_string(parameter.name)
	lower(parameter.name) == name
	type := object.get(parameter, "type", "string")
	is_string(type)
	lower(type) == "string"
	not parameter.values
}

# The short form says no type.
is_free(name) if {
	is_object(input.parameters)
	some key
	value := input.parameters[key]
	lower(key) == name
	is_string(value)
}
