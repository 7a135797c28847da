# METADATA
# scope: package
# title: Ruby gems without versions
# description: "The same build gives another image tomorrow, for gem takes the newest it finds: a good one cannot be made again, a bad one comes in unseen."
# related_resources:
#   - https://guides.rubygems.org/command-reference/
# custom:
#   id: dockerfile/gem-unpinned
#   severity: low
#   remediation: "Name the version: `gem install bundler:2.5.11`."
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3028
package dockerfile.gem_unpinned

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"gem"})
	some found in data.lib.packages.unpinned("gem")
	not is_bound(found.command)
	result := {
		"msg": sprintf("no version is named for %s", [data.lib.packages.shown(found.names)]),
		"path": [found.command.instruction.index],
		"text": data.lib.shell.at_word(found.command, found.names[0]),
	}
}

is_bound(command) if {
	some word in command.args
	regex.match(`^(-v|--version)`, word)
}
