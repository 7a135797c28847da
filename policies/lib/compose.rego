# METADATA
# title: Services of a Compose file
# description: Finds services and what they mount, publish and are given, in every form Compose lets it be written
# related_resources:
#   - https://docs.docker.com/reference/compose-file/
package lib.compose

import rego.v1

# Every service: {"name", "path", "spec", "subject": how messages call it}.
services := [service |
	is_object(input.services)
	some name
	spec := input.services[name]
	is_object(spec)
	service := {"name": name, "path": ["services", name], "spec": spec, "subject": sprintf("service `%s`", [name])}
]

# Services that say all of what they are. What others lack may stand in the file that they are put together with.
complete_services := [service |
	some service in services
	some name in lineage[service.name]
	is_made(input.services[name])
	not leaves_file(service)
]

is_made(spec) if is_string(spec.image)

is_made(spec) if spec.build

leaves_file(service) if {
	some name in lineage[service.name]
	input.services[name].extends.file
}

# The services of this file that a service extends, and itself.
lineage[name] := graph.reachable(parents, {name}) if {
	some service in services
	name := service.name
}

parents[service.name] := [parent |
	some parent in {service.spec.extends, object.get(service.spec, ["extends", "service"], null)}
	is_string(parent)
	is_object(input.services[parent])
] if {
	some service in services
}

# A value of the service at some keys, or of one that it extends; null where none says anything.
stated(service, keys) := value if {
	values := [value |
		some name in lineage[service.name]
		value := object.get(input.services[name], keys, null)
		value != null
	]
	value := values[0]
} else := null

# True when the service or one that it extends says something at these keys.
is_stated(service, keys) if stated(service, keys) != null

# The elements of a list, of the service and of those it extends, since Compose adds up lists.
listed(service, key) := {value |
	some name in lineage[service.name]
	value := input.services[name][key][_]
}

# A text with its variables replaced by their defaults; undefined when one has none.
interpolated(text) := text if {
	is_string(text)
	not contains(text, "$")
} else := result if {
	is_string(text)
	result := filled(filled(text))
	not contains(replace(result, "$$", ""), "$")
}

filled(text) := regex.replace(text, `[$]\{[A-Za-z_][A-Za-z0-9_]*:?-([^${}]*)\}`, "$1")

# The same, or the text as it is where no default is known.
readable(text) := interpolated(text) if {
	interpolated(text)
} else := text

# True for what Compose takes for true.
is_true(value) if value == true

is_true(value) if {
	is_string(value)
	lower(interpolated(value)) in {"true", "t", "1", "yes", "y", "on"}
}

# Names and values of a mapping or of a list of `NAME=value`, with their places: {"name", "value", "path"}.
pairs(node, path) := [pair |
	is_object(node)
	some name
	value := node[name]
	pair := {"name": name, "value": value, "path": array.concat(path, [name])}
] if {
	not is_array(node)
} else := [pair |
	some index
	entry := node[index]
	is_string(entry)
	at := indexof(entry, "=")
	at > 0
	pair := {
		"name": substring(entry, 0, at),
		"value": substring(entry, at + 1, -1),
		"path": array.concat(path, [index]),
	}
]

# The variables of a service.
environment(service) := pairs(object.get(service.spec, "environment", {}), array.concat(service.path, ["environment"]))

# Everything a service mounts: {"service", "path", "source", "target", "is_read_only", "options"}; "source" is the folder of the machine
# where a volume with a name stands for one.
mounts := [mount |
	some service in services
	some index
	entry := service.spec.volumes[index]
	parts := mount_parts(entry)
	source := source_of(parts.source)
	mount := {
		"service": service,
		"path": array.concat(service.path, ["volumes", index]),
		"source": source,
		"name": parts.source,
		"target": parts.target,
		"options": parts.options,
	}
]

# A folder may hide behind the name of a volume.
source_of(name) := readable(device) if {
	options := input.volumes[name].driver_opts
	contains(sprintf("%v", [options.o]), "bind")
	device := options.device
	is_string(device)
} else := name

mount_parts(entry) := {"source": found[1], "target": found[3], "options": options} if {
	is_string(entry)
	text := readable(entry)
	found := regex.find_all_string_submatch_n(`^(([A-Za-z]:[\\/])?[^:]*):(([A-Za-z]:[\\/])?[^:]+)(:(.*))?$`, text, 1)[0]
	options := {lower(option) | some option in split(found[6], ",")}
} else := {"source": readable(source), "target": readable(target), "options": options} if {
	is_object(entry)
	source := object.get(entry, "source", "")
	target := object.get(entry, "target", "")
	is_string(source)
	is_string(target)
	options := {option | some option in long_options(entry)}
}

long_options(entry) := array.concat(
	[option | is_true(entry.read_only); option := "ro"],
	[lower(option) | option := entry.bind.propagation; is_string(option)],
)

# Devices of the machine that a service is given: {"service", "path", "source"}.
devices := [device |
	some service in services
	some index
	source := device_source(service.spec.devices[index])
	is_string(source)
	device := {"service": service, "path": array.concat(service.path, ["devices", index]), "source": source}
]

device_source(entry) := split(readable(entry), ":")[0] if {
	is_string(entry)
} else := readable(entry.source)

# True for disks and memory, and for the folder of all devices.
is_raw_device(source) if regex.match(`^/dev(/((mem|kmem|port|root)$|((sd|vd|xvd|hd)[a-z]|nvme[0-9]|mmcblk[0-9]|dm-[0-9]|md[0-9]|mapper/|disk/|block/).*)?)?$`, source)

# Ports that reach a service from outside: {"service", "path", "host": the address it listens at, empty for all, "published": empty for
# one that Docker picks, "target"}.
ports := [port |
	some service in services
	some index
	entry := service.spec.ports[index]
	parts := port_parts(entry)
	port := {
		"service": service,
		"path": array.concat(service.path, ["ports", index]),
		"host": parts[0],
		"published": parts[1],
		"target": parts[2],
	}
]

port_parts(entry) := ["", "", sprintf("%v", [entry])] if {
	is_number(entry)
} else := [trim(host, "[]"), parts[count(parts) - 2], parts[count(parts) - 1]] if {
	is_string(entry)
	text := split(readable(entry), "/")[0]
	host := host_of(text)
	parts := array.concat([""], split(trim_prefix(text, sprintf("%s:", [host])), ":"))
} else := [host, published, target] if {
	is_object(entry)
	host := sprintf("%v", [object.get(entry, "host_ip", "")])
	published := readable(sprintf("%v", [object.get(entry, "published", "")]))
	target := sprintf("%v", [object.get(entry, "target", "")])
}

# What stands before the two ports: 127.0.0.1:8080:80, [::1]:8080:80.
host_of(text) := found[0][1] if {
	found := regex.find_all_string_submatch_n(`^(.*):[0-9-]*:[0-9-]+$`, text, 1)
	count(found) > 0
} else := ""

# True when a port is reached from every network the machine is in.
is_everywhere(port) if port.host in {"", "0.0.0.0", "::", "*"}

# True when a range of ports, "8000-8010", or a single one has the number in it.
is_in_range(number, text) if {
	regex.match(`^[0-9]+(-[0-9]+)?$`, text)
	ends := split(text, "-")
	to_number(ends[0]) <= number
	number <= to_number(ends[count(ends) - 1])
}
