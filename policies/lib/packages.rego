# METADATA
# title: Packages that commands install
# description: Knows what package managers are told to install, and whether each is tied to a version
package lib.packages

import rego.v1

# By the name of the program: its verbs that install, options whose next word belongs to them, how a word says its version, and
# which words are files or addresses that are what they are.
managers := {
	"apt": {
		"names": {"apt-get", "apt", "aptitude"},
		"verbs": {"install"},
		"options": {"-t", "--target-release", "--default-release", "-o", "--option", "-c", "--config-file"},
		"pinned": `=|/|\.deb$|[-+]$`,
	},
	"apk": {
		"names": {"apk"},
		"verbs": {"add"},
		"options": {"-t", "--virtual", "-X", "--repository", "-p", "--root", "--keys-dir", "--repositories-file", "--arch"},
		"pinned": `[=~<>]|\.apk$|^!`,
	},
	"rpm": {
		"names": {"yum", "dnf", "dnf5", "microdnf", "zypper"},
		"verbs": {"install", "in"},
		"options": {
			"-c", "--config", "--installroot", "--root", "-R", "--enablerepo", "--disablerepo", "--repo", "--setopt", "--releasever", "--exclude",
			"-x", "-r", "--from", "-t", "--type", "--name",
		},
		"pinned": `-[0-9]|[=<>]|\.rpm$|://|^@|[(/]`,
	},
	"pip": {
		"names": {"pip", "pip2", "pip3"},
		"verbs": {"install"},
		"options": {
			"-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--trusted-host", "-t", "--target", "--root", "--prefix", "--proxy",
			"--platform", "--python-version", "--abi", "--implementation", "--progress-bar", "--cache-dir", "--no-binary", "--only-binary",
			"--timeout", "--retries", "--cert", "--client-cert", "--log", "--src", "--upgrade-strategy", "-e", "--editable", "-b", "--build",
		},
		"pinned": `[=<>~!@]|://|^\.|/|\.(whl|zip|gz)$`,
	},
	"npm": {
		"names": {"npm", "pnpm", "yarn"},
		"verbs": {"install", "i", "add"},
		"options": {"--prefix", "-C", "--registry", "--cache", "--loglevel", "-w", "--workspace", "--cwd"},
		"pinned": `^@?[^@]+@[^@]*[0-9]|://|^\.|^/|\.(tgz|gz)$|^@?[^@/]+/[^@/]+/|^[^@/]+/[^@/]+$|^@?[^@]+@(npm|file|git|github|workspace):`,
	},
	"gem": {
		"names": {"gem"},
		"verbs": {"install", "i"},
		"options": {"-v", "--version", "-P", "--trust-policy", "-i", "--install-dir", "-n", "--bindir", "-s", "--source", "-p", "--http-proxy", "--platform"},
		"pinned": `:[0-9~<>=]|\.gem$`,
	},
	"go": {
		"names": {"go"},
		"verbs": {"install", "get"},
		"options": {"-ldflags", "-gcflags", "-tags", "-o", "-mod", "-modfile", "-C", "-p"},
		"pinned": `@v?[0-9a-f]|^\.|^/|\.go$`,
	},
	"cargo": {
		"names": {"cargo"},
		"verbs": {"install"},
		"options": {
			"--version", "--vers", "--git", "--branch", "--tag", "--rev", "--path", "--root", "--features", "-F", "-j", "--jobs", "--target",
			"--profile", "--index", "--registry", "--bin", "--example", "--target-dir", "--config",
		},
		"pinned": `@[=^~<>]*[0-9]`,
	},
}

# Every command of the build that installs by one of the managers, with the packages it names without a version:
# {"command", "names"}. What only a variable names is not known.
unpinned(manager) := [found |
	facts := managers[manager]
	some command in data.lib.shell.commands
	names := [word |
		some word in installed(command, facts)
		not regex.match(facts.pinned, word)
		not contains(word, "$")
	]
	count(names) > 0
	found := {"command": command, "names": names}
]

# What the command is told to install.
installed(command, facts) := array.slice(words, 1, count(words)) if {
	command.name in facts.names
	words := plain_words(command.args, facts.options)
	words[0] in facts.verbs
}

# yarn global add
installed(command, facts) := array.slice(words, 2, count(words)) if {
	command.name in facts.names
	words := plain_words(command.args, facts.options)
	words[0] == "global"
	words[1] in facts.verbs
}

# python3 -m pip install
installed(command, facts) := array.slice(words, 2, count(words)) if {
	regex.match(`^python[0-9.]*$`, command.name)
	"pip" in facts.names
	array.slice(command.args, 0, 2) == ["-m", "pip"]
	words := plain_words(array.slice(command.args, 1, count(command.args)), facts.options)
	words[1] in facts.verbs
}

plain_words(args, options) := [word |
	some index, word in args
	not startswith(word, "-")
	not word in {"", "\\"}
	not belongs_to_option(args, index, options)
]

belongs_to_option(args, index, options) if args[index - 1] in options

# How messages name them: the first three.
shown(names) := sprintf("`%s`", [concat("`, `", names)]) if {
	count(names) < 4
} else := sprintf("`%s` and %d more", [concat("`, `", array.slice(names, 0, 3)), count(names) - 3])
