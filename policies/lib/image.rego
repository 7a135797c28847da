# METADATA
# title: Images
# description: What is whose in an image, who runs it, and what gives a secret away
package lib.image

import rego.v1

# What is known not to be of the base image. Where that ends is often not known; its lowest layer it has for sure, unless the
# image is of one layer and has no system under it.
is_own(item) if item.base == false

is_own(item) if {
	item.base == null
	item.layer > 0
}

is_own(item) if {
	item.base == null
	input.os == null
	is_array(input.layers)
	count(input.layers) == 1
}

# With or without a group: 0, 0:0, root:wheel.
is_root(user) if {
	is_string(user)
	lower(split(user, ":")[0]) in {"root", "containeradministrator", "administrator"}
}

# Numbers may have leading zeros.
is_root(user) if {
	is_string(user)
	regex.match(`^0+(:|$)`, user)
}

is_windows if {
	is_string(input.platform)
	startswith(input.platform, "windows/")
}

# A variable whose name and value give a secret away.
is_secret(variable) if {
	is_string(variable.name)
	is_string(variable.value)
	data.lib.secrets.is_disclosed(variable.name, variable.value)
}

is_in_environment(variable) if {
	other := input.config.env[_]
	other.name == variable.name
	other.value == variable.value
}

# For people: 12.4 MB as 12 MB.
size(bytes) := sprintf("%d MB", [round(bytes / 1000000)]) if {
	is_number(bytes)
	bytes >= 1000000
}

size(bytes) := sprintf("%d kB", [round(bytes / 1000)]) if {
	is_number(bytes)
	bytes >= 1000
	bytes < 1000000
}

size(bytes) := sprintf("%d B", [bytes]) if {
	is_number(bytes)
	bytes < 1000
}
