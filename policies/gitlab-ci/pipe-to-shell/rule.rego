# METADATA
# scope: package
# title: Download run by a shell
# description: "What the other side sends is run at once, unseen and unchecked: whoever holds the server or the way to it has the variables of the job."
# related_resources:
#   - https://docs.gitlab.com/ci/pipelines/pipeline_security/
# custom:
#   id: gitlab-ci/pipe-to-shell
#   severity: medium
#   remediation: Fetch a fixed version to a file, compare its checksum or signature, then run it.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.pipe_to_shell

import rego.v1

deny contains result if {
	some script in data.lib.gitlab.scripts
	data.lib.script.mentions(script.text, data.lib.downloads.words)
	some command in data.lib.script.commands(script.text)
	some parsed in data.lib.script.parsed(command.joined)
	some message in data.lib.downloads.run_at_once(parsed)
	result := {
		"msg": sprintf("%s: %s", [script.owner.subject, message]),
		"path": script.path,
		"text": command.line,
	}
}
