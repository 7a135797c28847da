//! Which files are documents, by name.

use model::{Format, TreePath};

/// The format of a file by its name; `None` is no document.
///
/// Names of container files are compared without case, as their tools accept them: `Dockerfile`, `Dockerfile.*`,
/// `*.Dockerfile`, `Containerfile`, `Containerfile.*`, `*.Containerfile`.
pub fn format_of(path: &TreePath) -> Option<Format> {
    let name = path.file_name().to_ascii_lowercase();
    if is_container_file(&name) {
        return Some(Format::Dockerfile);
    }
    match extension(&name)? {
        b"yaml" | b"yml" => Some(Format::Yaml),
        b"json" => Some(Format::Json),
        _ => None,
    }
}

fn is_container_file(name: &[u8]) -> bool {
    let is_base = |word: &[u8]| matches!(word, b"dockerfile" | b"containerfile");
    // `Dockerfile.dockerignore` lists what a build leaves out; it holds no instructions.
    if name.ends_with(b".dockerignore") || name.ends_with(b".containerignore") {
        return false;
    }
    is_base(name)
        || name.split(|byte| *byte == b'.').next().is_some_and(is_base)
        || extension(name).is_some_and(is_base)
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
    }

    #[test]
    fn not_by_name() {
        check("yaml", None);
        check("README.md", None);
        check("Dockerfiles", None);
        check("mydockerfile", None);
        check("Dockerfile.dockerignore", None);
        check("package.json5", None);
    }
}
