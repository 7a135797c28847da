"""What `cargo metadata` lists, a package a line, and which of it the project and its members ask for: cargo_metadata.py METADATA.json."""
import json
import sys

metadata = json.load(open(sys.argv[1]))
nodes = {node["id"]: node["dependencies"] for node in metadata["resolve"]["nodes"]}
members = set(metadata["workspace_members"])
direct = {need for member in members for need in nodes[member]}
for package in sorted(metadata["packages"], key=lambda package: (package["name"], package["version"])):
    name = package["id"]
    flag = ["direct"] if name in direct else [] if name in members else ["transitive"]
    print(package["name"], package["version"], *flag)
