"""What `cargo metadata` lists, a package a line, and which of it the project and its members ask for: cargo_metadata.py METADATA.json."""
import json, sys
metadata = json.load(open(sys.argv[1]))
nodes = {node["id"]: node["dependencies"] for node in metadata["resolve"]["nodes"]}
direct = {need for member in metadata["workspace_members"] for need in nodes[member]}
for package in sorted(metadata["packages"], key=lambda p: (p["name"], p["version"])):
    is_root = package["id"] in metadata["workspace_members"]
    print(package["name"], package["version"], *([] if is_root else ["direct" if package["id"] in direct else "transitive"]))
