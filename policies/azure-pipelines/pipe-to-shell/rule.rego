# METADATA
# scope: package
# title: Download run by a shell
# description: "What the other side sends is run at once, unseen and unchecked: whoever holds the server or the way to it has the rights of the pipeline."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/security/overview
# custom:
#   id: azure-pipelines/pipe-to-shell
#   severity: medium
#   remediation: Fetch a fixed version to a file, compare its checksum or signature, then run it.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.pipe_to_shell

import rego.v1

deny contains result if {
	some script in data.lib.azure.scripts
	data.lib.script.mentions(script.text, data.lib.downloads.words)
	some command in data.lib.script.commands(script.text)
	some parsed in data.lib.script.parsed(command.joined)
	some message in data.lib.downloads.run_at_once(parsed)
	result := {
		"msg": sprintf("%s: %s", [script.step.subject, message]),
		"path": script.path,
		"text": command.line,
	}
}
