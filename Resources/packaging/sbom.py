#!/usr/bin/env python3
"""Writes a software bill of materials (SPDX 2.3, JSON) of a program: the Swift packages that Package.resolved pins, each
with its version and revision, and the Debian packages whose libraries the program is linked to.

usage: sbom.py PACKAGE.RESOLVED PROGRAM VERSION CREATED
CREATED is an instant such as 2026-11-28T17:44:00Z. Tools: readelf, ldconfig, dpkg-query.
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys

# What is linked into the program, by the identity of Package.resolved. Another package needs its licence here first.
LICENCES = {
    "grdb.swift": "MIT", "yams": "MIT", "swift-argument-parser": "Apache-2.0 WITH Swift-exception",
    "swift-asn1": "Apache-2.0", "swift-atomics": "Apache-2.0 WITH Swift-exception",
    "swift-collections": "Apache-2.0 WITH Swift-exception", "swift-crypto": "Apache-2.0", "swift-nio": "Apache-2.0",
    "swift-system": "Apache-2.0 WITH Swift-exception",
}


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def swift_packages(resolved):
    for pin in sorted(json.loads(resolved.read_text())["pins"], key=lambda pin: pin["identity"]):
        name, state = pin["identity"], pin["state"]
        if name not in LICENCES:
            sys.exit(f"sbom.py: {name} has no licence in the table LICENCES")
        location = re.sub(r"\.git$", "", pin["location"])
        yield {
            "name": name, "SPDXID": identifier("swift-" + name), "versionInfo": state.get("version", "NOASSERTION"),
            "downloadLocation": f"git+{location}@{state['revision']}", "filesAnalyzed": False,
            "sourceInfo": f"revision {state['revision']}", "licenseDeclared": LICENCES[name],
            "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION",
            "externalRefs": [{
                "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                "referenceLocator": "pkg:swift/" + location.removeprefix("https://") + "@" + state.get("version", ""),
            }],
        }


def toolchain():
    words = re.search(r"Swift version (\S+)", output("swift", "--version")) or sys.exit("sbom.py: no Swift")
    return {
        "name": "swift-toolchain", "SPDXID": "SPDXRef-swift-toolchain", "versionInfo": words[1],
        "comment": "Swift's standard library and Foundation, linked statically",
        "downloadLocation": "https://www.swift.org/install/", "filesAnalyzed": False,
        "licenseDeclared": "Apache-2.0 WITH Swift-exception", "licenseConcluded": "NOASSERTION",
        "copyrightText": "NOASSERTION",
    }


def debian_packages(program):
    needed = re.findall(r"\(NEEDED\).*\[(.+)\]", output("readelf", "--dynamic", "--wide", program))
    paths = dict(re.findall(r"^\s+(\S+) \(libc6,x86-64.*\) => (\S+)", output("ldconfig", "-p"), re.MULTILINE))
    form = "${source:Package} ${Version} ${Architecture}\n"
    for name in sorted({owner(paths.get(library), library) for library in needed}):
        source, version, architecture = output("dpkg-query", "--show", "--showformat", form, name).split()
        plain = name.split(":")[0]
        yield {
            "name": plain, "SPDXID": identifier("deb-" + plain), "versionInfo": version,
            "sourceInfo": f"Debian's package of the source {source}, linked dynamically",
            "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseDeclared": "NOASSERTION",
            "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION",
            "externalRefs": [{
                "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                "referenceLocator": f"pkg:deb/debian/{plain}@{version.replace('+', '%2B')}?arch={architecture}",
            }],
        }


def owner(path, library):
    """The package that has a library; dpkg knows files by the name under which they were unpacked, below /usr or not."""
    for name in filter(None, {path, path and "/usr" + path, path and path.removeprefix("/usr")}):
        found = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.rsplit(": ", 1)[0]
    sys.exit(f"sbom.py: no Debian package has {library}")


def main(resolved, program, version, created):
    digest = hashlib.sha256(pathlib.Path(program).read_bytes()).hexdigest()
    own = {
        "name": "popsec", "SPDXID": "SPDXRef-popsec", "versionInfo": version, "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False, "licenseDeclared": "MIT", "licenseConcluded": "NOASSERTION",
        "copyrightText": "2026 the popsec authors", "primaryPackagePurpose": "APPLICATION",
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest}],
        "comment": "the checksum is that of the program /usr/bin/popsec",
    }
    linked = [*swift_packages(pathlib.Path(resolved)), toolchain()]
    shared = list(debian_packages(program))
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-popsec")]
    relations += [("SPDXRef-popsec", "STATIC_LINK", package["SPDXID"]) for package in linked]
    relations += [("SPDXRef-popsec", "DYNAMIC_LINK", package["SPDXID"]) for package in shared]
    json.dump({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"popsec-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/popsec-{version}-{digest[:32]}",
        "creationInfo": {"created": created, "creators": ["Tool: popsec-sbom"]},
        "packages": [own, *linked, *shared],
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
            for one, kind, other in relations],
    }, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
