# METADATA
# scope: package
# title: Certificates not checked
# description: Without the check of certificates anyone on the way can send other files or take the secrets that are sent.
# related_resources:
#   - https://curl.se/docs/sslcerts.html
# custom:
#   id: azure-pipelines/tls-check-disabled
#   severity: high
#   remediation: Remove the option; add the missing authority to the trust store.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.tls_check_disabled

import rego.v1

deny contains result if {
	some script in data.lib.azure.scripts
	data.lib.script.mentions(script.text, data.lib.tls.words)
	some command in data.lib.script.commands(script.text)
	some parsed in data.lib.script.parsed(command.joined)
	some message in data.lib.tls.faults(parsed.commands[_])
	result := {
		"msg": sprintf("%s: %s", [script.step.subject, message]),
		"path": script.path,
		"text": command.line,
	}
}

deny contains result if {
	some variable in data.lib.azure.variables
	data.lib.tls.turns_off(sprintf("%v", [variable.name]), variable.value)
	result := {
		"msg": sprintf("%s: variable `%s` turns off the check of certificates", [variable.subject, variable.name]),
		"path": variable.path,
	}
}
