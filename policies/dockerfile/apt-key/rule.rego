# METADATA
# scope: package
# title: Key for every package source
# description: A key added by apt-key may sign packages of every source, those of the distribution too; the program is gone from Debian 13.
# related_resources:
#   - https://manpages.debian.org/bookworm/apt/apt-key.8.en.html
# custom:
#   id: dockerfile/apt-key
#   severity: low
#   remediation: "Write the key into /etc/apt/keyrings and name it in the source: `signed-by=`."
#   profiles:
#     - recommended
#     - strict
package dockerfile.apt_key

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"apt-key"})
	some command in data.lib.shell.commands
	command.name == "apt-key"
	data.lib.shell.verb(command) in {"add", "adv"}
	result := {
		"msg": "`apt-key` trusts a key for every source",
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}
