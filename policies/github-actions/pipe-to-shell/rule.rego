# METADATA
# scope: package
# title: Download run by a shell
# description: "What the other side sends is run at once, unseen and unchecked: whoever holds the server or the way to it has the token and the secrets of the job."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   id: github-actions/pipe-to-shell
#   severity: medium
#   remediation: Fetch a fixed version to a file, compare its checksum or signature, then run it.
#   profiles:
#     - recommended
#     - strict
package github_actions.pipe_to_shell

import rego.v1

deny contains result if {
	some script in data.lib.github.scripts
	data.lib.github.contains_any(script.text, data.lib.downloads.words)
	some command in data.lib.script.commands(script.text)
	some parsed in data.lib.script.parsed(command.joined)
	some message in data.lib.downloads.run_at_once(parsed)
	result := {
		"msg": sprintf("%s: %s", [script.step.subject, message]),
		"path": script.path,
		"text": command.line,
	}
}
