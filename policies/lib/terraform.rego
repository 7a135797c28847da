# METADATA
# title: Modules of Terraform
# description: Blocks of one file, the files of one module, and what module sources are
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/syntax/configuration
package lib.terraform

import rego.v1

# True for text that Terraform works out: what it will be is not in the file.
is_computed(value) if {
	is_string(value)
	contains(value, "${")
}

# The folder a file lies in; empty for the folder that is scanned.
folder(path) := concat("/", array.slice(parts, 0, count(parts) - 1)) if parts := split(path, "/")

# Folders with a file that could not be read: what is missing there may be in it.
unread contains folder(file.path) if {
	file := input[_]
	is_null(file.contents)
}

# Places of all files of a module in the input, which is `[{"path", "contents"}]`, by folder.
modules[name] contains place if {
	some place
	is_object(input[place].contents)
	name := folder(input[place].path)
	not name in unread
}

# Bodies of the `terraform` blocks of a module.
settings(name) := [body |
	some place in modules[name]
	body := input[place].contents.terraform[_]
	is_object(body)
]

# The host is not one whose addresses Terraform takes for Git.
is_registry_source(source) if regex.match(`^[0-9A-Za-z_-]+/[0-9A-Za-z_-]+/[0-9a-z]+(//.*)?$`, source)

is_registry_source(source) if {
	regex.match(`^[0-9A-Za-z-]+([.][0-9A-Za-z-]+)+(:[0-9]+)?/[0-9A-Za-z_-]+/[0-9A-Za-z_-]+/[0-9a-z]+(//.*)?$`, source)
	not regex.match(`^(github[.]com|bitbucket[.]org)/`, source)
}

is_git_source(source) if regex.match(`^(git::|git@|hg::|github[.]com/|bitbucket[.]org/)`, source)

is_git_source(source) if regex.match(`^(https?|ssh)://.*[.]git(//[^?]*)?([?].*)?$`, source)

# The commit, tag or branch a source asks for; empty without one.
revision(source) := found[0][2] if {
	found := regex.find_all_string_submatch_n(`[?&](ref|rev)=([^&]*)`, source, 1)
	count(found) > 0
} else := ""
