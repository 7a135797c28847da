#!/usr/bin/env python3
"""OCI layouts of a root tar: one layer and seven, each with gzip, zstd and plain. usage: layouts.py ROOT.TAR DEST"""
import hashlib, json, os, subprocess, sys, tarfile

SHARES = [78, 8, 5, 4, 2, 2, 1]  # percent of the bytes; one layer is most of an image, as is usual
COMMANDS = {"gzip": ["gzip", "-6", "-c"], "zstd": ["zstd", "-3", "-q", "-c"], "plain": ["cat"]}
TYPES = {"gzip": "+gzip", "zstd": "+zstd", "plain": ""}


def split(root, folder):
    """Seven tars that together hold what one does, cut between entries."""
    total = os.path.getsize(root)
    paths, at, written = [], -1, 0
    out, most = None, 0
    with tarfile.open(root) as source:
        for member in source:
            if out is None or (written > most and at + 1 < len(SHARES)):
                if out:
                    out.close()
                at += 1
                most = total * sum(SHARES[: at + 1]) / 100
                paths.append(os.path.join(folder, f"layer-{at}.tar"))
                out = tarfile.open(paths[-1], "w", format=tarfile.GNU_FORMAT)
            out.addfile(member, source.extractfile(member) if member.isreg() else None)
            written += 512 + -(-member.size // 512) * 512
    out.close()
    return paths


def digest(path):
    with open(path, "rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def put(layout, data):
    name = hashlib.sha256(data).hexdigest()
    with open(os.path.join(layout, "blobs/sha256", name), "wb") as file:
        file.write(data)
    return {"digest": "sha256:" + name, "size": len(data)}


def write(layout, tars, stored):
    if os.path.exists(os.path.join(layout, "index.json")):
        return
    os.makedirs(os.path.join(layout, "blobs/sha256"), exist_ok=True)
    layers = []
    for tar in tars:
        part = os.path.join(layout, "part")
        with open(tar, "rb") as source, open(part, "wb") as out:
            subprocess.run(COMMANDS[stored], stdin=source, stdout=out, check=True)
        name = digest(part)
        os.rename(part, os.path.join(layout, "blobs/sha256", name[7:]))
        size = os.path.getsize(os.path.join(layout, "blobs/sha256", name[7:]))
        kind = "application/vnd.oci.image.layer.v1.tar" + TYPES[stored]
        layers.append({"mediaType": kind, "digest": name, "size": size})
    rootfs = {"type": "layers", "diff_ids": [digest(tar) for tar in tars]}
    config = put(layout, json.dumps({"architecture": "amd64", "os": "linux", "rootfs": rootfs, "config": {}}).encode())
    config["mediaType"] = "application/vnd.oci.image.config.v1+json"
    kind = "application/vnd.oci.image.manifest.v1+json"
    manifest = put(layout, json.dumps({"schemaVersion": 2, "mediaType": kind, "config": config, "layers": layers}).encode())
    manifest["mediaType"] = kind
    with open(os.path.join(layout, "oci-layout"), "w") as file:
        file.write('{"imageLayoutVersion":"1.0.0"}')
    with open(os.path.join(layout, "index.json"), "w") as file:
        json.dump({"schemaVersion": 2, "manifests": [manifest]}, file)


def main(root, dest):
    seven = split(root, dest)
    for stored in COMMANDS:
        write(os.path.join(dest, f"one-{stored}"), [root], stored)
        write(os.path.join(dest, f"seven-{stored}"), seven, stored)
    for path in seven:
        os.remove(path)


main(*sys.argv[1:])
