//! What each package URL type asks of its components (purl-spec, `types/`). A type without a row has no rule of its own.
//!
//! One departure: `alpm`, `apk`, `deb` and `rpm` ask for a namespace, which names the distribution. A package database does
//! not say which that is, so these are built without it first. The standard library of `golang` has none either.

use super::{Purl, PurlError};

/// Whether a type has namespaces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Required,
    Optional,
    Prohibited,
}

/// Components whose case does not count: they are written in lower case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Folded {
    Nothing,
    Namespace,
    Name,
    NamespaceAndName,
    NameAndVersion,
    Version,
    All,
}

pub(super) struct Rules {
    pub(super) purl_type: &'static str,
    namespace: Presence,
    folded: Folded,
    /// Qualifiers without which it names nothing.
    qualifiers: &'static [&'static str],
}

macro_rules! rules {
    ($($purl_type:literal $namespace:ident $folded:ident $(needs $qualifier:literal)?;)*) => {
        /// The row of a type, if it has one.
        pub(super) fn rules_of(purl_type: &str) -> Option<&'static Rules> {
            match purl_type {
                $($purl_type => Some(&Rules {
                    purl_type: $purl_type,
                    namespace: Presence::$namespace,
                    folded: Folded::$folded,
                    qualifiers: &[$($qualifier)?],
                }),)*
                _ => None,
            }
        }
    };
}

rules! {
    "alpm" Optional NamespaceAndName;
    "apk" Optional NamespaceAndName;
    "bazel" Prohibited Nothing;
    "bitbucket" Required NamespaceAndName;
    "bitnami" Prohibited Name;
    "brew" Optional NamespaceAndName;
    "cargo" Prohibited Nothing;
    "chrome-extension" Prohibited Name;
    "cocoapods" Prohibited Nothing;
    "composer" Required NamespaceAndName;
    "conan" Optional Nothing;
    "conda" Prohibited Nothing;
    "cpan" Optional Nothing;
    "cran" Prohibited Nothing;
    "deb" Optional NamespaceAndName;
    "docker" Optional Nothing;
    "gem" Prohibited Nothing;
    "generic" Optional Nothing;
    "git" Required Nothing;
    "github" Required NamespaceAndName;
    "golang" Optional Nothing;
    "hackage" Prohibited Nothing;
    "hex" Optional NamespaceAndName;
    "huggingface" Required Version;
    "julia" Prohibited Nothing needs "uuid";
    "luarocks" Optional NamespaceAndName;
    "maven" Required Nothing;
    "mlflow" Prohibited Nothing;
    "npm" Optional Nothing;
    "nuget" Prohibited Nothing;
    "oci" Prohibited NameAndVersion;
    "opam" Prohibited Nothing;
    "otp" Prohibited Name;
    "pub" Prohibited Name;
    "pypi" Prohibited NameAndVersion;
    "qpkg" Required Namespace;
    "rpm" Optional Namespace;
    "swid" Optional Nothing needs "tag_id";
    "swift" Required Nothing;
    "vcpkg" Prohibited Nothing;
    "vscode-extension" Required All;
    "yocto" Optional Namespace;
}

/// True where a name is a path, whose slashes are written as they are.
pub(super) fn has_path_as_name(purl: &Purl) -> bool {
    purl.purl_type.as_str() == "git"
}

/// Brings the components into the form their type asks for, or says which rule they break.
pub(super) fn normalise(mut purl: Purl) -> Result<Purl, PurlError> {
    if purl.name.is_empty() {
        return Err(PurlError::Name);
    }
    if let Some(rules) = purl.purl_type.rules() {
        rules.check(&purl)?;
        rules.folded.fold(&mut purl);
    }
    apply_special_rules(&mut purl)?;
    Ok(purl)
}

impl Rules {
    fn check(&self, purl: &Purl) -> Result<(), PurlError> {
        let fault = |text: &str| Err(PurlError::Rule(format!("a `{}` package URL {text}", self.purl_type)));
        match (self.namespace, &purl.namespace) {
            (Presence::Required, None) => return fault("needs a namespace"),
            (Presence::Prohibited, Some(_)) => return fault("has no namespace"),
            _ => {}
        }
        match self.qualifiers.iter().find(|key| purl.qualifiers.get(key).is_none()) {
            Some(key) => fault(&format!("needs the qualifier `{key}`")),
            None => Ok(()),
        }
    }
}

impl Folded {
    fn fold(self, purl: &mut Purl) {
        if matches!(self, Folded::Namespace | Folded::NamespaceAndName | Folded::All) {
            purl.namespace.iter_mut().for_each(lower);
        }
        if matches!(self, Folded::Name | Folded::NamespaceAndName | Folded::NameAndVersion | Folded::All) {
            lower(&mut purl.name);
        }
        if matches!(self, Folded::Version | Folded::NameAndVersion | Folded::All) {
            purl.version.iter_mut().for_each(lower);
        }
    }
}

/// Most are in lower case already, and are only looked at.
fn lower(text: &mut Box<str>) {
    if text.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        *text = text.to_lowercase().into();
    }
}

/// Rules that only one type has.
fn apply_special_rules(purl: &mut Purl) -> Result<(), PurlError> {
    match purl.purl_type.as_str() {
        "git" => return split_at_host(purl),
        "pypi" if purl.name.contains('_') => purl.name = purl.name.replace('_', "-").into(),
        "pub" => {
            let is_plain = |character: char| matches!(character, 'a'..='z' | '0'..='9' | '_');
            purl.name = purl.name.replace(|character| !is_plain(character), "_").into();
        }
        "mlflow" if is_databricks(purl) => lower(&mut purl.name),
        "cpan" if purl.name.contains("::") => {
            return Err(PurlError::Rule(
                "a `cpan` package URL names a distribution, not a module with `::`".to_owned(),
            ));
        }
        "chrome-extension" => return check_chrome_extension(purl),
        _ => {}
    }
    Ok(())
}

/// The namespace of a repository is its host, its name the path there. Forges that do not tell cases apart are folded.
fn split_at_host(purl: &mut Purl) -> Result<(), PurlError> {
    let path = format!("{}/{}", purl.namespace.as_deref().unwrap_or_default(), purl.name);
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    if segments.len() < 2 {
        return Err(PurlError::Name);
    }
    let host = segments.remove(0).to_owned();
    let name = segments.join("/");
    let is_folded = ["github", "github.com", "bitbucket.org"].contains(&host.to_lowercase().as_str());
    let (host, name) = if is_folded { (host.to_lowercase(), name.to_lowercase()) } else { (host, name) };
    (purl.namespace, purl.name) = (Some(host.into()), name.into());
    Ok(())
}

/// Databricks does not tell cases apart; Azure ML does.
fn is_databricks(purl: &Purl) -> bool {
    purl.qualifier("repository_url").is_some_and(|address| address.contains("azuredatabricks"))
}

fn check_chrome_extension(purl: &Purl) -> Result<(), PurlError> {
    if purl.name.len() != 32 || !purl.name.bytes().all(|byte| matches!(byte, b'a'..=b'p')) {
        return Err(PurlError::Rule("the name of a `chrome-extension` is 32 letters from a to p".to_owned()));
    }
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match &purl.version {
        Some(version) if version.split('.').count() > 4 || !version.split('.').all(is_number) => {
            Err(PurlError::Rule("the version of a `chrome-extension` is one to four numbers".to_owned()))
        }
        _ => Ok(()),
    }
}
