# METADATA
# scope: package
# title: Secret handed on without its mark
# description: "A variable that is set without `issecret=true` is shown in logs and handed to every later step as a variable of the environment."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands#setvariable-initialize-or-modify-the-value-of-a-variable
# custom:
#   id: azure-pipelines/secret-not-marked
#   severity: medium
#   remediation: "Add `issecret=true`."
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.secret_not_marked

import rego.v1

deny contains result if {
	some script in data.lib.azure.scripts
	contains(script.text, "##vso[")
	some found in regex.find_all_string_submatch_n(`##vso\[task\.setvariable([^\]]*)\]`, script.text, -1)
	name := regex.find_all_string_submatch_n(`variable=([^;\]]*)`, found[1], 1)[0][1]
	data.lib.secrets.is_secret_name(trim_space(name))
	not regex.match(`issecret=true`, lower(found[1]))
	result := {
		"msg": sprintf("%s sets `%s` without `issecret=true`", [script.step.subject, trim_space(name)]),
		"path": script.path,
		"text": found[0],
	}
}
