# METADATA
# scope: package
# title: apt-get install that asks
# description: Without -y apt-get asks before it installs, and a build cannot answer.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   id: dockerfile/apt-assume-yes
#   severity: low
#   remediation: Add -y.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3014
#     - trivy:DS-0021
package dockerfile.apt_assume_yes

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"apt"})
	some command in data.lib.shell.commands
	command.name in {"apt-get", "apt", "aptitude"}
	data.lib.shell.verb(command) in {"install", "upgrade", "dist-upgrade", "full-upgrade", "remove", "purge", "autoremove", "build-dep"}
	not says_yes(command)
	not is_configured
	result := {
		"msg": sprintf("`%s %s` asks before it goes on", [command.name, data.lib.shell.verb(command)]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

# -qq means -y too; --assume-no, downloads and simulations do not ask.
says_yes(command) if {
	some word in command.args
	regex.match(`^-[A-Za-z]*y|^-[A-Za-z]*qq|^-q=[2-9]|^-[A-Za-z]*[sd]$|^--(yes|assume-yes|force-yes|quiet=[2-9]|simulate|just-print|dry-run|download-only|print-uris|assume-no)$|[Aa]ssume-[Yy]es=`, word)
}

# `-q -q` is -qq.
says_yes(command) if count([word | some word in command.args; word in {"-q", "--quiet"}]) > 1

# `yes |` in front, and a setting that the build writes.
says_yes(command) if {
	command.is_piped
	some other in data.lib.shell.commands
	other.name in {"yes", "echo", "printf"}
	other.instruction.index == command.instruction.index
}

is_configured if {
	some script in data.lib.shell.scripts
	regex.match(`[Aa]ssume-[Yy]es`, script.text)
}
