# METADATA
# scope: package
# title: Build tools left behind
# description: Compilers and build tools help whoever gets in, bring vulnerabilities of their own, and nothing that runs needs them.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   id: image/build-tools
#   kind: image
#   severity: low
#   remediation: Build in a stage of its own, and copy only what runs into the last one.
#   profiles:
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.3
package image.build_tools

import rego.v1

# Once for each layer: a compiler comes with its friends.
deny contains result if {
	layer := layers[_]
	found := [index | program := input.programs[index]; is_left(program); program.layer == layer]
	names := {input.programs[index].name | index := found[_]}
	result := {
		"msg": sprintf("layer %v leaves build tools: %v", [layer, concat(", ", sort(names))]),
		"path": ["programs", found[0], "path"],
	}
}

layers contains program.layer if {
	program := input.programs[_]
	is_left(program)
}

is_left(program) if {
	program.name in tools
	program.base != true
}

tools := {
	"ant", "autoconf", "automake", "bazel", "c++", "cargo", "cc", "clang", "clang++", "cmake", "g++", "gcc", "gfortran", "go", "gradle",
	"javac", "ld", "make", "meson", "mvn", "ninja", "rustc", "sbt", "swiftc",
}
