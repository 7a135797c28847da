# METADATA
# title: Applications of Argo CD
# description: Finds what an Application, or the template of an ApplicationSet, says, and the sources it names
# related_resources:
#   - https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
package lib.argo

import rego.v1

# Every application of the object: {"spec", "path"}.
applications := [application |
	data.lib.kubernetes.group == "argoproj.io"
	some path in [entry | some kind, entry in places; kind == input.kind]
	spec := object.get(input, path, null)
	is_object(spec)
	application := {"spec": spec, "path": path}
]

places := {"Application": ["spec"], "ApplicationSet": ["spec", "template", "spec"]}

# Every source of an application: {"spec", "path"}.
sources(application) := array.concat(
	[{"spec": spec, "path": array.concat(application.path, ["source"])} |
		spec := application.spec.source
		is_object(spec)
	],
	[{"spec": spec, "path": array.concat(application.path, ["sources", index])} |
		some index
		spec := application.spec.sources[index]
		is_object(spec)
	],
)
