//! Which files are documents, by name.

use model::{Format, TreePath};

use crate::kind::is_kustomization_name;

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

/// Files that end in `.json` and are read by their tools as JSON with comments.
const WITH_COMMENTS: &[&[u8]] = &[
    b".babelrc.json",
    b".devcontainer.json",
    b".eslintrc.json",
    b"api-extractor.json",
    b"devcontainer.json",
    b"jsconfig.json",
    b"language-configuration.json",
    b"tslint.json",
];

/// Files that say what another tool passes over.
const IGNORE_FILES: &[&[u8]] = &[
    b".containerignore",
    b".dockerignore",
    b".eslintignore",
    b".gcloudignore",
    b".gitignore",
    b".helmignore",
    b".npmignore",
    b".prettierignore",
];

/// Files of other readers: locks are packages, and our own settings are not what is shipped.
const NO_DOCUMENTS: &[&[u8]] = &[b".terraform.lock.hcl", b"portcullis.toml"];

/// The format of a file by its name; `None` is no document.
///
/// Names of container files as their tools and users write them: `Dockerfile` and `*.Dockerfile` in any case, `Dockerfile.*` with
/// a capital unless the end names another language (`Dockerfile.md`); the same for `Containerfile`.
pub fn format_of(path: &TreePath) -> Option<Format> {
    format_of_path(path.as_bytes())
}

/// The same of a path as bytes, before anything is made of it.
pub fn format_of_path(path: &[u8]) -> Option<Format> {
    let (folder, name) = split(path);
    if is_container_file(name) {
        return Some(Format::Dockerfile);
    }
    if NO_DOCUMENTS.contains(&name) {
        return None;
    }
    if name.eq_ignore_ascii_case(b"codeowners") {
        return Some(Format::Codeowners);
    }
    if is_kustomization_name(name) {
        return Some(Format::Yaml);
    }
    let end = extension(name)?.to_ascii_lowercase();
    let is_ignore = IGNORE_FILES.contains(&name) || matches!(end.as_slice(), b"dockerignore" | b"gitignore");
    match end.as_slice() {
        _ if is_ignore => Some(Format::Ignore),
        _ if name == b"nginx.conf" || end == b"nginx" => Some(Format::Nginx),
        _ if name == b".env" || name.starts_with(b".env.") => Some(Format::Dotenv),
        b"yaml" | b"yml" => Some(Format::Yaml),
        b"json" if has_comments(folder, name) => Some(Format::Jsonc),
        b"json" => Some(Format::Json),
        b"jsonc" | b"code-workspace" => Some(Format::Jsonc),
        b"toml" => Some(Format::Toml),
        b"hcl" | b"tf" | b"tofu" | b"tfvars" => Some(Format::Hcl),
        b"ini" | b"editorconfig" => Some(Format::Ini),
        b"env" => Some(Format::Dotenv),
        b"properties" => Some(Format::Properties),
        b"xml" => Some(Format::Xml),
        b"csv" | b"tsv" => Some(Format::Csv),
        b"edn" => Some(Format::Edn),
        b"textproto" | b"textpb" | b"pbtxt" | b"prototxt" => Some(Format::Textproto),
        b"spdx" => Some(Format::Spdx),
        _ => None,
    }
}

/// The language of a file of configuration that is none of our formats, by its name: most of these are programs, which only their
/// own interpreters can run, and none of their readers gives places. `docs/documents.md` says more.
pub fn language_without_reader(path: &TreePath) -> Option<&'static str> {
    language_without_reader_of_path(path.as_bytes())
}

/// The same of a path as bytes, before anything is made of it.
pub fn language_without_reader_of_path(path: &[u8]) -> Option<&'static str> {
    let name = split(path).1;
    match extension(name).map(<[u8]>::to_ascii_lowercase).as_deref() {
        Some(b"cue") => Some("CUE"),
        Some(b"jsonnet" | b"libsonnet") => Some("Jsonnet"),
        Some(b"hocon") => Some("HOCON"),
        Some(b"dhall") => Some("Dhall"),
        Some(b"vcl") => Some("VCL"),
        Some(b"pkl") => Some("Pkl"),
        Some(b"bicep") => Some("Bicep"),
        _ if name == b"application.conf" || name == b"reference.conf" => Some("HOCON"),
        _ if name == b"Jenkinsfile" || name.starts_with(b"Jenkinsfile.") => Some("Groovy (Jenkins)"),
        _ => None,
    }
}

/// Whether it is Terraform in its JSON syntax.
pub(crate) fn is_terraform_in_json(path: &TreePath) -> bool {
    [&b".tf.json"[..], b".tofu.json"].iter().any(|end| path.file_name().ends_with(end))
}

/// The format of this name, also by the names that Conftest has for its parsers.
pub fn format_named(name: &str) -> Option<Format> {
    let name = match name {
        "hcl" | "terraform" => "hcl2",
        "env" => "dotenv",
        "yml" => "yaml",
        other => other,
    };
    Format::ALL.iter().copied().find(|format| format.name() == name)
}

/// `tsconfig.json` and its like, and what editors keep in `.vscode`.
fn has_comments(folder: &[u8], name: &[u8]) -> bool {
    let is_typescript = name.starts_with(b"tsconfig.");
    let is_editor = split(folder).1 == b".vscode";
    is_typescript || is_editor || WITH_COMMENTS.contains(&name)
}

/// The folder and the last name of a path.
fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|byte| *byte == b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (&[], path),
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
        check("base/Kustomization", Some(Format::Yaml));
        check("Dockerfile.linux.amd64", Some(Format::Dockerfile));
        check("Dockerfile.json", Some(Format::Json));
        check("main.tf", Some(Format::Hcl));
        check("prod.auto.tfvars", Some(Format::Hcl));
        check("main.tf.json", Some(Format::Json));
        check("Cargo.toml", Some(Format::Toml));
        check("a/tsconfig.build.json", Some(Format::Jsonc));
        check("a/.vscode/settings.json", Some(Format::Jsonc));
        check("x.vscode/settings.json", Some(Format::Json));
        check("x.jsonc", Some(Format::Jsonc));
        check(".env", Some(Format::Dotenv));
        check(".env.local", Some(Format::Dotenv));
        check("prod.env", Some(Format::Dotenv));
        check(".gitignore", Some(Format::Ignore));
        check("api.dockerignore", Some(Format::Ignore));
        check("web.config.xml", Some(Format::Xml));
        check("php.ini", Some(Format::Ini));
        check("app.properties", Some(Format::Properties));
        check("users.csv", Some(Format::Csv));
        check("deps.edn", Some(Format::Edn));
        check("etc/nginx.conf", Some(Format::Nginx));
        check("site.nginx", Some(Format::Nginx));
        check("other.conf", None);
        check(".github/CODEOWNERS", Some(Format::Codeowners));
        check("model.pbtxt", Some(Format::Textproto));
        check("app.spdx", Some(Format::Spdx));
        check("app.spdx.json", Some(Format::Json));
    }

    #[test]
    fn languages_without_a_reader() {
        let language = |name: &str| language_without_reader(&TreePath::new(name).expect("a valid path"));
        assert_eq!(language("deploy/app.cue"), Some("CUE"));
        assert_eq!(language("lib/k.libsonnet"), Some("Jsonnet"));
        assert_eq!(language("src/main/resources/application.conf"), Some("HOCON"));
        assert_eq!(language("Jenkinsfile"), Some("Groovy (Jenkins)"));
        assert_eq!((language("nginx.conf"), language("app.yaml"), language("cue")), (None, None, None));
    }

    #[test]
    fn terraform_in_json() {
        let is_so = |name: &str| is_terraform_in_json(&TreePath::new(name).expect("a valid path"));
        assert!(is_so("a/main.tf.json") && is_so("cdk.tofu.json"));
        assert!(!is_so("main.tf") && !is_so("plan.json") && !is_so("terraform.tfvars.json"));
    }

    #[test]
    fn not_by_name() {
        check("yaml", None);
        check("README.md", None);
        check("Dockerfiles", None);
        check("mydockerfile", None);
        check("Dockerfile.dockerignore", Some(Format::Ignore));
        check(".terraform.lock.hcl", None);
        check("portcullis.toml", None);
        check("environment", None);
        check("kustomization", None);
        check("Containerfile.5.gz", None);
        check("Dockerfile.md", None);
        check("dockerfile.go", None);
        check("dockerfile_test.go", None);
        check("package.json5", None);
    }
}
