"""What lies in a root, by Python's own readers: node.txt (name, version of every package.json that is a package) and java.txt (group:artifact,
version of every pom.properties, in archives and in archives inside them). usage: walk.py ROOT DEST"""
import io
import json
import os
import sys
import zipfile

root, dest = sys.argv[1:]
node, java = set(), set()


def is_package(folder):
    """A folder of `node_modules` or of Debian's own folder for the same, also below a scope."""
    above = os.path.dirname(folder)
    if os.path.basename(above).startswith("@"):
        above = os.path.dirname(above)
    return os.path.basename(above) == "node_modules"


def read_archive(data):
    try:
        archive = zipfile.ZipFile(data)
    except zipfile.BadZipFile:
        return
    for name in archive.namelist():
        if name.startswith("META-INF/maven/") and name.endswith("/pom.properties"):
            lines = archive.read(name).decode("utf-8", "replace").splitlines()
            pairs = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
            pairs = {key.strip(): value.strip() for key, value in pairs.items()}
            java.add(f"{pairs['groupId']}:{pairs['artifactId']} {pairs['version']}")
        elif name.endswith((".jar", ".war", ".ear")):
            read_archive(io.BytesIO(archive.read(name)))


for folder, _, files in os.walk(root):
    for name in files:
        path = os.path.join(folder, name)
        if os.path.islink(path):
            continue
        if name == "package.json" and is_package(folder):
            with open(path, encoding="utf-8") as file:
                facts = json.load(file)
            if facts.get("name") and facts.get("version"):
                node.add(f"{facts['name']} {facts['version']}")
        elif name.endswith((".jar", ".war", ".ear")):
            read_archive(path)

for name, lines in (("node", node), ("java", java)):
    with open(os.path.join(dest, name + ".txt"), "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in sorted(lines))
