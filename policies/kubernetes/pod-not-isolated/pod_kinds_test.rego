# What the library says twice of kinds with pods is the same.
package pod_kinds_test

import rego.v1

test_kinds_of_extensions if {
	named := {[group, kind] | some name, _ in data.lib.kubernetes.extension_pods; [group, kind] := split(name, "/")}
	{pair[1] | some pair in named} == data.lib.kubernetes.extension_kinds
	{sprintf("%s/", [pair[0]]) | some pair in named} == {start | some start in data.lib.kubernetes.extension_groups}
}

test_builtin_kinds if data.lib.kubernetes.builtin_kinds == object.keys(data.lib.kubernetes.builtin_pods)
