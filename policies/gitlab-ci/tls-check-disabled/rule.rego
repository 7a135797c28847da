# METADATA
# scope: package
# title: Certificates not checked
# description: Without the check of certificates anyone on the way can send other files or take the secrets that are sent.
# related_resources:
#   - https://curl.se/docs/sslcerts.html
# custom:
#   id: gitlab-ci/tls-check-disabled
#   severity: high
#   remediation: Remove the option; add the missing authority to the trust store.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.tls_check_disabled

import rego.v1

deny contains result if {
	some script in data.lib.gitlab.scripts
	data.lib.script.mentions(script.text, data.lib.tls.words)
	some command in data.lib.script.commands(script.text)
	some parsed in data.lib.script.parsed(command.joined)
	some message in data.lib.tls.faults(parsed.commands[_])
	result := {
		"msg": sprintf("%s: %s", [script.owner.subject, message]),
		"path": script.path,
		"text": command.line,
	}
}

deny contains result if {
	some variable in data.lib.gitlab.variables
	data.lib.tls.turns_off(variable.name, variable.value)
	result := {
		"msg": sprintf("%s: variable `%s` turns off the check of certificates", [variable.owner.subject, variable.name]),
		"path": variable.path,
	}
}
