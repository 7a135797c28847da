//! Which files are documents, by name.

use model::{Format, TreePath};

/// What follows `Dockerfile.` in the names of files that are about Dockerfiles and none themselves: programs that read them,
/// documentation, lists of what a build leaves out.
const OTHER_LANGUAGES: &[&[u8]] = &[
    b"adoc",
    b"bz2",
    b"c",
    b"cc",
    b"containerignore",
    b"cpp",
    b"cs",
    b"css",
    b"dockerignore",
    b"ex",
    b"go",
    b"gz",
    b"h",
    b"html",
    b"ipynb",
    b"java",
    b"js",
    b"json",
    b"jsx",
    b"kt",
    b"lua",
    b"md",
    b"mjs",
    b"php",
    b"pl",
    b"png",
    b"py",
    b"rb",
    b"rego",
    b"rs",
    b"rst",
    b"scala",
    b"sh",
    b"svg",
    b"swift",
    b"toml",
    b"ts",
    b"tsx",
    b"vim",
    b"vue",
    b"xml",
    b"xz",
    b"yaml",
    b"yml",
    b"zip",
    b"zst",
];

/// The format of a file by its name; `None` is no document.
///
/// Names of container files as their tools and users write them: `Dockerfile` and `*.Dockerfile` in any case, `Dockerfile.*` with
/// a capital unless the end names another language (`Dockerfile.md`); the same for `Containerfile`.
pub fn format_of(path: &TreePath) -> Option<Format> {
    let name = path.file_name();
    if is_container_file(name) {
        return Some(Format::Dockerfile);
    }
    match extension(name)?.to_ascii_lowercase().as_slice() {
        b"yaml" | b"yml" => Some(Format::Yaml),
        b"json" => Some(Format::Json),
        _ => None,
    }
}

fn is_container_file(name: &[u8]) -> bool {
    let is_base =
        |word: &[u8]| [&b"dockerfile"[..], b"containerfile"].iter().any(|base| word.eq_ignore_ascii_case(base));
    let Some(end) = extension(name) else { return is_base(name) };
    let is_capital = name.first().is_some_and(u8::is_ascii_uppercase);
    let is_other = OTHER_LANGUAGES.iter().any(|other| end.eq_ignore_ascii_case(other));
    let first = name.split(|byte| *byte == b'.').next().unwrap_or_default();
    is_base(end) || (is_base(first) && is_capital && !is_other)
}

fn extension(name: &[u8]) -> Option<&[u8]> {
    let dot = name.iter().rposition(|byte| *byte == b'.')?;
    Some(&name[dot + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<Format>) {
        assert_eq!(format_of(&TreePath::new(name).expect("a valid path")), expected, "{name}");
    }

    #[test]
    fn by_name() {
        check("deploy/app.yaml", Some(Format::Yaml));
        check("app.YML", Some(Format::Yaml));
        check("a.b.json", Some(Format::Json));
        check("x/Dockerfile", Some(Format::Dockerfile));
        check("Dockerfile.prod", Some(Format::Dockerfile));
        check("api.Dockerfile", Some(Format::Dockerfile));
        check("api.dockerfile", Some(Format::Dockerfile));
        check("Containerfile", Some(Format::Dockerfile));
        check("Containerfile.dev", Some(Format::Dockerfile));
        check("dockerfile", Some(Format::Dockerfile));
        check("DOCKERFILE", Some(Format::Dockerfile));
        check("dev.DOCKERFILE", Some(Format::Dockerfile));
        check("Dockerfile.linux.amd64", Some(Format::Dockerfile));
        check("Dockerfile.json", Some(Format::Json));
    }

    #[test]
    fn not_by_name() {
        check("yaml", None);
        check("README.md", None);
        check("Dockerfiles", None);
        check("mydockerfile", None);
        check("Dockerfile.dockerignore", None);
        check("Containerfile.5.gz", None);
        check("Dockerfile.md", None);
        check("dockerfile.go", None);
        check("dockerfile_test.go", None);
        check("package.json5", None);
    }
}
